"""policyqa keys: making, listing and revoking API keys."""

from contextlib import closing
from datetime import UTC, datetime

from rich.markup import escape
from rich.table import Table

from api.contract import KeyRole
from api.store import Store
from ingest.settings import load_settings
from ui.cli.console import console


def add_key(name: str, role: KeyRole, who: str) -> None:
    """Make a key and print it, alone on its line, the only time that it is shown."""
    with closing(Store(load_settings().store)) as store:
        key = store.keys.add(name, role, who, datetime.now(UTC))
    console.print(key, markup=False, highlight=False, soft_wrap=True)
    console.print("密钥只在此时显示,请现在抄下并妥善保管;丢失了只能作废再建。", soft_wrap=True)


def list_keys() -> None:
    """Print every key that was ever made, in local time."""
    with closing(Store(load_settings().store)) as store:
        keys = store.keys.all()
    table = Table("名称", "权限", "建立", "作废")
    for key in keys:
        table.add_row(escape(key.name), key.role, _shown(key.created_at), _shown(key.revoked_at))
    console.print(table)
    if not keys:
        console.print("还没有密钥:人人都可使用全部功能。")


def revoke_key(name: str, who: str) -> None:
    """Put a key out of force."""
    with closing(Store(load_settings().store)) as store:
        store.keys.revoke(name, who, datetime.now(UTC))
    console.print(f"已作废“{name}”,立即生效。", markup=False, soft_wrap=True)


def _shown(at: datetime | None) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}" if at else ""
