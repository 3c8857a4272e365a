"""Is the corpus folder readable, and every notice in it."""

from collections.abc import Iterator

from api.doctor.finding import Finding
from ingest.corpus import load_notice, notice_folders
from ingest.errors import PolicyQAError
from ingest.register_file import load_departments
from ingest.settings import Settings

_SHOWN = 5


def check(settings: Settings, _port: int) -> Iterator[Finding]:
    """The corpus as a whole, and each notice that cannot be read."""
    departments = load_departments(settings.corpus_dir / "departments.toml")
    folders = notice_folders(settings.corpus_dir)
    broken = []
    for folder in folders:
        try:
            load_notice(folder, departments)
        except PolicyQAError as error:
            broken.append(
                Finding(f"语料 {folder.name}", "failed", error.message, error.remedy or "请更正后再 ingest。")
            )
        except OSError as error:
            seen = f"读不了 {error.filename}:{error.strerror}"
            broken.append(Finding(f"语料 {folder.name}", "failed", seen, "请检查文件的权限。"))
    yield from broken
    if len(broken) < len(folders):
        whole = [folder.name for folder in folders if f"语料 {folder.name}" not in {each.subject for each in broken}]
        shown = "、".join(whole[:_SHOWN]) + ("等" if len(whole) > _SHOWN else "")
        yield Finding("语料", "ok", f"{settings.corpus_dir.absolute()}:{len(whole)} 份通知读得懂({shown})")
