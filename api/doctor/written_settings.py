"""Which settings are in force, by name: values may be secret. What is wrong in them is refused before any check."""

import os
from collections.abc import Iterator

from api.doctor.finding import Finding
from ingest.setting_names import PREFIX
from ingest.settings import Settings, settings_file


def check(_settings: Settings, _port: int) -> Iterator[Finding]:
    """Where settings come from."""
    file = settings_file()
    variables = sorted(name for name in os.environ if name.upper().startswith(PREFIX))
    parts = [f"文件 {file.absolute()}"] if file.is_file() else []
    parts += [f"环境变量 {'、'.join(variables)}"] if variables else []
    yield Finding("设置", "ok", ";".join(parts) or "都是默认值")
