"""corrections.toml in the folder of a notice: written for people to read, and to change."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ingest.errors import BadCorrection, CorpusError
from ingest.publication import write_atomically
from ingest.shelf.correction import FILE, Correction, Value, checked_field, read_field
from ingest.shelf.toml_text import TomlValue, toml_value

_HEAD = """# What an operator put right in how this notice was read. It is applied whenever notice.txt is read again.
# [notice] holds facts of the notice: title, issuer, issued_on, document_number, region, year.
# [M12], [A7] hold title, lead, cooperating, responsible of a measure or item, or absent = true if it is none.
# was.… is what had been read. Departments must stand in notice.txt as they are given here.
"""


def load_corrections(folder: Path) -> tuple[Correction, ...]:
    """The corrections of a notice's folder; none without the file. Raises CorpusError."""
    path = folder / FILE
    if not path.exists():
        return ()
    try:
        return tuple(_parsed(tomllib.loads(path.read_text(encoding="utf-8"))))
    except (OSError, ValueError, BadCorrection, AttributeError) as error:
        raise CorpusError(f"{folder.name}/{FILE} 读不了:{error}", "请按文件开头的说明更正。") from error


def save_corrections(folder: Path, corrections: Sequence[Correction]) -> None:
    """Replace the file in one step; without corrections there is none."""
    if not corrections:
        (folder / FILE).unlink(missing_ok=True)
        return
    blocks = []
    for element in dict.fromkeys(each.element for each in corrections):
        lines = [f"[{element}]"]
        for each in corrections:
            if each.element == element:
                lines.append(f"{each.field} = {toml_value(_written(each.value))}")
                if each.was is not None:
                    lines.append(f"was.{read_field(each.field)} = {toml_value(_written(each.was))}")
        blocks.append("\n".join(lines))
    write_atomically(folder / FILE, _HEAD + "\n" + "\n\n".join(blocks) + "\n")


def _parsed(stored: Mapping[str, Any]) -> Iterator[Correction]:
    for element, fields in stored.items():
        before = fields.get("was", {})
        for field, value in fields.items():
            if field != "was":
                now = _value(value)
                yield Correction(
                    element, checked_field(element, field, now), now, _value(before.get(read_field(field)))
                )


def _value(stored: Any) -> Value:  # noqa: ANN401 - whatever TOML holds
    value: Value = tuple(map(str, stored)) if isinstance(stored, list) else stored
    return value


def _written(value: Value) -> TomlValue:
    return "" if value is None else value
