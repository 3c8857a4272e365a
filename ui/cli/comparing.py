"""policyqa diff: what became of one year's notice in the next one's."""

import json
from collections.abc import Sequence
from pathlib import Path

import typer

from api.changes import notice_changes
from ingest.catalogue import ROLES, Role, printed_departments
from ingest.corpus import Corpus, CorpusNotice, load_corpus
from ingest.departments import DepartmentRegister
from ingest.document import read_document
from ingest.errors import UnknownNotice
from ingest.notice import Source
from ingest.parsed import Parsed
from ingest.parser import parse
from ingest.place import Region
from ingest.register_file import load_departments
from ingest.settings import load_settings
from ingest.succession import Changes, Pair, changes
from ui.cli.console import console

_ROLES: dict[Role, str] = {"lead": "牵头单位", "cooperating": "配合责任单位", "responsible": "责任单位"}
_FOLDER_FILE = "notice"


def show_changes(old: str, new: str, as_json: bool) -> None:
    """Print what was added, dropped and changed between two notices, each an id or a file.

    Exits with 1 if a file could not be read without oddities: what it says may then be incomplete.
    """
    corpus_dir = load_settings().corpus_dir
    parsed = {name: parse(read_document(Path(name))) for name in (old, new) if Path(name).is_file()}
    loaded = None if parsed.keys() == {old, new} else load_corpus(corpus_dir)
    older, newer = (_of_file(name, parsed[name]) if name in parsed else _loaded(name, loaded) for name in (old, new))
    compared = Corpus((older, newer), loaded.stated if loaded else _departments(corpus_dir))
    found = changes(older.notice, newer.notice, compared.register_of(newer))
    if as_json:
        console.print_json(json.dumps(notice_changes(older, newer, found).model_dump(mode="json"), ensure_ascii=False))
    else:
        _show(older, newer, found)
    odd = [f"{name} 第{oddity.line}行:{oddity.message}" for name, each in parsed.items() for oddity in each.oddities]
    for line in odd:
        typer.echo(f"policyqa: {line}", err=True)
    if odd:
        raise typer.Exit(1)


def _of_file(name: str, parsed: Parsed) -> CorpusNotice:
    path = Path(name).resolve()
    return CorpusNotice(path.parent.name if path.stem == _FOLDER_FILE else path.stem, parsed.region, parsed.notice, ())


def _loaded(name: str, corpus: Corpus | None) -> CorpusNotice:
    notices = corpus.notices if corpus else ()
    for entry in notices:
        if entry.id == name:
            return entry
    known = "、".join(entry.id for entry in notices)
    raise UnknownNotice(f"“{name}”既不是已收录的通知,也不是文件。", f"现有通知:{known}。")


def _departments(corpus_dir: Path) -> DepartmentRegister:
    register = corpus_dir / "departments.toml"
    return load_departments(register) if register.exists() else DepartmentRegister((), Region(""))


def _show(older: CorpusNotice, newer: CorpusNotice, found: Changes) -> None:
    _say(f"{_titled(older)} → {_titled(newer)}")
    _section("新增", [_line(source) for source in found.added])
    _section("取消", [_line(source) for source in found.dropped])
    for role in ROLES:
        _section(f"{_ROLES[role]}有变", [_change(pair, role) for pair in found.changed if role in pair.changed])
    _section(
        "标题有变",
        [
            f"{_numbers(pair)}“{pair.older.title}” → “{pair.newer.title}”"
            for pair in found.changed
            if "title" in pair.changed
        ],
    )
    texts = [pair for pair in found.changed if "text" in pair.changed]
    _section("文字有变", [line for pair in texts for line in _sentences(pair)], len(texts))
    unchanged = sum(not set(pair.changed) - {"number"} for pair in found.kept)
    _say(f"其余 {unchanged} 条没有变化(编号除外)。")


def _section(title: str, lines: Sequence[str], count: int | None = None) -> None:
    if lines:
        _say(f"\n{title}({len(lines) if count is None else count} 条)")
        for line in lines:
            _say(f"  {line}")


def _line(source: Source) -> str:
    return f"{source.key} {source.title} —— {_names(source.lead or source.responsible)}"


def _change(pair: Pair, role: Role) -> str:
    before, after = (_names(printed_departments(source, role)) for source in (pair.older, pair.newer))
    return f"{_numbers(pair)} {pair.newer.title}:{before} → {after}"


def _sentences(pair: Pair) -> list[str]:
    """The sentences that are gone and those that are new."""
    before, after = pair.older.sentences, pair.newer.sentences
    return [
        f"{_numbers(pair)} {pair.newer.title}",
        *(f"  - {each}" for each in before if each not in after),
        *(f"  + {each}" for each in after if each not in before),
    ]


def _numbers(pair: Pair) -> str:
    return pair.newer.key if pair.older.key == pair.newer.key else f"{pair.older.key}→{pair.newer.key}"


def _names(names: Sequence[str]) -> str:
    return "、".join(names) or "(未列)"


def _titled(entry: CorpusNotice) -> str:
    return f"《{entry.notice.title}》({entry.id})"


def _say(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
