"""policyqa doctor: one look at everything that the service rests on. Nothing is changed, and no check spoils another.

A group of checks is imported when its turn comes: in a broken environment, that may be what is broken.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import cast

from api.doctor.finding import Finding, State
from ingest.errors import PolicyQAError
from ingest.settings import Settings

__all__ = ["Finding", "State", "examine"]

Check = Callable[[Settings, int], Iterator[Finding]]

_GROUPS = (
    ("packages", "依赖包"),
    ("written_settings", "设置"),
    ("folders", "文件夹和磁盘"),
    ("notices", "语料"),
    ("model", "编码模型"),
    ("vectors", "向量库"),
    ("published_index", "索引"),
    ("tickets", "工单库和密钥"),
    ("language_model", "语言模型"),
    ("listening", "端口"),
)
"""Modules of this package, each with a function ``check``, and what they are about."""


def examine(settings: Settings, port: int) -> Iterator[Finding]:
    """What every check found; ``port`` is the one that the service is to listen on."""
    for module, subject in _GROUPS:
        try:
            yield from cast("Check", import_module(f"{__name__}.{module}").check)(settings, port)
        except PolicyQAError as error:
            yield Finding(subject, "failed", error.message, error.remedy)
        # Whatever a check runs into is a finding: the other checks go on.
        except Exception as error:
            yield Finding(subject, "failed", f"检查时出错:{type(error).__name__}: {error}", "请把这一行报给维护人员。")
