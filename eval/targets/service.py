"""Any service that speaks the HTTP contract (POST /v1/ask, POST /v1/assist), ours or not."""

import time
from typing import Any

import httpx

from eval.dataset import Item
from eval.targets.reply import AnsweredDemand, Cited, Reply, TicketReply
from eval.tickets.ticket import Ticket
from ingest.errors import TargetFailed

TIMEOUT_S = 60.0
CHARACTERS_AT_MOST = 2000


class Service:
    """A service at ``url``; ``key`` is sent as a bearer token."""

    def __init__(self, url: str, key: str | None = None) -> None:
        self.name = url
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._http = httpx.Client(base_url=url, timeout=TIMEOUT_S, headers=headers)

    def ask(self, item: Item) -> Reply:
        """The answer. A failure of the service is told in the reply."""
        body: dict[str, Any] = {
            "question": item.question[:CHARACTERS_AT_MOST],
            "history": [{"role": message.role, "content": message.content} for message in item.history],
        }
        if item.notice:
            body["notice"] = item.notice
        started = time.perf_counter()
        try:
            answer = self._post("/v1/ask", body)
            seconds = time.perf_counter() - started
            citations = tuple(
                Cited(item.key_of(each["id"]), tuple(each["lead"]), each["quote"]) for each in answer["citations"]
            )
            ranking = (*(each.source for each in citations), *(item.key_of(each["id"]) for each in answer["related"]))
            return Reply(
                id=item.id,
                seconds=seconds,
                status=answer["status"],
                text=answer["answer"],
                citations=citations,
                ranking=tuple(dict.fromkeys(ranking)),
                confidence=answer["confidence"],
                trace={name: str(answer.get(name, "")) for name in ("intent", "resolved_question", "trace_id")},
            )
        except (httpx.HTTPError, TargetFailed, KeyError, TypeError) as error:
            return Reply(item.id, time.perf_counter() - started, failure=f"{type(error).__name__}: {error}")

    def assist(self, ticket: Ticket) -> TicketReply:
        """The ticket worked through. Raises TargetFailed."""
        started = time.perf_counter()
        try:
            made = self._post("/v1/assist", {"text": ticket.text})
            return TicketReply(
                id=ticket.id,
                seconds=time.perf_counter() - started,
                demands=tuple(
                    AnsweredDemand(each["text"], each["status"], tuple(map(_key, each["citations"])))
                    for each in made["demands"]
                ),
                needs_human=made["dispatch"]["needs_human"],
                texts=(
                    made["masked_text"],
                    made["draft_reply"],
                    made["dispatch"]["reason"],
                    *(each["text"] for each in made["demands"]),
                ),
            )
        except (httpx.HTTPError, KeyError, TypeError) as error:
            raise TargetFailed(f"{self.name} 处理不了工单 {ticket.id}:{error}。", "请看该服务的日志。") from error

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        response = self._http.post(path, json=body)
        if response.status_code != httpx.codes.OK:
            raise TargetFailed(
                f"{self.name}{path} 答复 {response.status_code}:{response.text[:200]}", "请检查地址和密钥。"
            )
        answered: dict[str, Any] = response.json()
        return answered


def _key(source: dict[str, Any]) -> str:
    """The key of a source (M12) from its id (hongkou-2025/M12)."""
    return str(source["id"]).rpartition("/")[2]
