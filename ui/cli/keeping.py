"""policyqa purge and policyqa digest: what is kept of tickets, deleted and summed up."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

from rich.table import Table

from api.keeping.digest import clusters
from api.store import Store
from ingest.settings import load_settings
from ui.cli.console import console


def run_purge(days: int | None, who: str) -> None:
    """Delete what is older than ``days``, or than the settings say."""
    settings = load_settings()
    kept, now = days or settings.retention_days, datetime.now(UTC)
    with closing(Store(settings.store)) as store:
        count = store.purge(now - timedelta(days=kept), who, now)
    console.print(f"已删除 {count} 条超过 {kept} 天的记录。")


def show_digest(days: int) -> None:
    """Print the clusters of the last ``days``, the largest first."""
    with closing(Store(load_settings().store)) as store:
        exchanges = store.exchanges.since(datetime.now(UTC) - timedelta(days=days))
        tickets = [each for each in exchanges if each.kind == "assist"]
        outcomes = store.exchanges.outcomes(each.trace_id for each in tickets)
    found = clusters(tickets, {trace_id: verdict for trace_id, (_, verdict) in outcomes.items()})
    table = Table("件数", "牵头单位", "出处", "例", title=f"近 {days} 天 {len(tickets)} 件工单中的一类事")
    for cluster in found:
        table.add_row(str(cluster.count), "、".join(cluster.lead) or "-", cluster.source or "-", cluster.example)
    console.print(table)
