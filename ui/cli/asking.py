"""policyqa ask: the same answer as the page, through the same HTTP contract, without a server."""

import asyncio
import json
from typing import Any

import httpx
import typer
from rich.markdown import Markdown
from rich.panel import Panel

from api.app import create_app
from ingest.settings import load_settings
from ui.cli.console import console

_STATUS = {
    "answered": "[green]已找到[/]",
    "partial": "[yellow]通知只说了一部分[/]",
    "clarify": "[yellow]可能有几种[/]",
    "no_evidence": "[red]通知里没有[/]",
    "out_of_scope": "[red]不在收录范围[/]",
    "chitchat": "您好",
    "blocked": "[red]不照办[/]",
}


def ask_once(question: str, notice: str | None, as_json: bool) -> None:
    """Ask one question; exits with 2 and one line on standard error if it cannot be answered at all."""
    response = asyncio.run(_post(question, notice))
    body = response.json()
    if response.is_error:
        typer.echo(f"policyqa: {body['error']['message']}", err=True)
        raise typer.Exit(2)
    if as_json:
        console.print_json(json.dumps(body, ensure_ascii=False))
        return
    _show(body)


async def _post(question: str, notice: str | None) -> httpx.Response:
    transport = httpx.ASGITransport(create_app(load_settings()))
    async with httpx.AsyncClient(transport=transport, base_url="http://policyqa") as client:
        return await client.post("/v1/ask", json={"question": question, "notice": notice})


def _show(body: dict[str, Any]) -> None:
    status = _STATUS.get(body["status"], body["status"])
    console.print(Panel(Markdown(body["answer"]), title=status, subtitle=f"把握 {body['confidence']:.0%}"))
