"""Can tickets be kept, and who may see them."""

from collections.abc import Iterator

from api.doctor.finding import Finding
from api.store.inspection import Inspection, inspect_store
from ingest.settings import Settings

_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_NO_KEY = "还没有密钥:只能在本机使用,监听其他地址会被拒绝;要对外服务,请运行 policyqa keys add"


def check(settings: Settings, _port: int) -> Iterator[Finding]:
    """The store, and the keys in it."""
    store = inspect_store(settings.store)
    if store is None:
        yield Finding("工单库", "ok", "还没有建,第一次使用时建立")
        yield Finding("密钥", "ok", _NO_KEY)
        return
    if store.keys is None:
        seen = f"{_NAMES[store.kind]},表的版本是 {store.revision or '无'},本程序用 {store.newest}"
        yield Finding("工单库", "attention", seen, "启动服务时会自动升级;请先运行 policyqa backup。")
        return
    yield Finding("工单库", "ok", f"{_NAMES[store.kind]},可以读写,表的版本 {store.revision}")
    yield _keys(store)


def _keys(store: Inspection) -> Finding:
    if not store.keys:
        return Finding("密钥", "ok", _NO_KEY)
    if not store.keys_in_force:
        seen = f"建过 {store.keys} 个,都已作废:坐席、审核、运营的功能谁也用不了"
        return Finding("密钥", "attention", seen, "请运行 policyqa keys add。")
    return Finding("密钥", "ok", f"{store.keys_in_force} 个在用,可以对外服务")
