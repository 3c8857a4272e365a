"""Hostile requests, made from a seed: the same seed and number make the same request."""

import json
import random
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bench.nasty import BODIES, HEADERS, MARK, METHODS, PATHS, QUERIES, ROUTES, STRINGS, TRAVERSALS, TYPES, VALUES
from eval.dataset import load_standalone
from tests.ingest.document.mutations import damaged, rewritten
from tests.ingest.uploads import TEXT

INJECTED = "x-injected"
"""A header that is smuggled into values; must never come back as one."""

_INJECTIONS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("injections.toml").read_text(encoding="utf-8"))
OFFICE, NUMBER = _INJECTIONS["office"], _INJECTIONS["number"]


_LONGEST_PART = 20_000


@dataclass(frozen=True, slots=True)
class Attack:
    """A request; ``is_http``: the server can tell what it is for, so that the contract says how it answers."""

    kind: str
    path: str
    sent: bytes
    is_http: bool = True


def attack(number: int, seed: int) -> Attack:
    """The hostile request of that number."""
    chance = random.Random(f"{seed}/{number}")  # noqa: S311 - nothing here is secret
    (kind,) = chance.choices(list(_KINDS), [weight for weight, _ in _KINDS.values()])
    return _KINDS[kind][1](chance)


def raw(method: bytes, target: str, body: bytes = b"", headers: Sequence[tuple[str, bytes]] = ()) -> bytes:
    """A request with any bytes in it; Host and Content-Length are right unless ``headers`` name them."""
    given = {name.lower() for name, _ in headers}
    lines = [method + b" " + target.encode() + b" HTTP/1.1"]
    if "host" not in given:
        lines.append(b"Host: localhost")
    if body and not given & {"content-length", "transfer-encoding"}:
        lines.append(b"Content-Length: %d" % len(body))
    lines += [name.encode() + b": " + value for name, value in headers]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def _json(path: str, body: bytes) -> bytes:
    return raw(b"POST", path, body, [("Content-Type", b"application/json")])


def _fuzzed(chance: random.Random) -> Attack:
    path = chance.choice(list(BODIES))
    body = json.loads(json.dumps(BODIES[path]))
    for _ in range(chance.randint(1, 3)):
        body = _changed(body, chance)
    text = json.dumps(body, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
    if chance.random() < 0.4:
        text = damaged(text, chance.randrange(10**9))
    return Attack("json", path, _json(path, text))


def _changed(value: Any, chance: random.Random) -> Any:  # noqa: ANN401 - any JSON
    """A value of JSON with one place in it made hostile."""
    if isinstance(value, dict) and value and chance.random() < 0.85:
        name = chance.choice(list(value))
        what = chance.random()
        if what < 0.1:
            return {key: each for key, each in value.items() if key != name}
        if what < 0.2:
            return {**value, chance.choice(STRINGS): chance.choice(VALUES)}
        return {**value, name: _changed(value[name], chance)}
    if isinstance(value, list) and value and chance.random() < 0.7:
        at = chance.randrange(len(value))
        return [*value[:at], _changed(value[at], chance), *value[at + 1 :] * chance.choice([1, 1, 30])]
    return chance.choice(VALUES) if chance.random() < 0.4 else chance.choice(STRINGS)


def _unicode(chance: random.Random) -> Attack:
    path = chance.choice(["/v1/ask", "/v1/assist"])
    field = "question" if path == "/v1/ask" else "text"
    pieces = [chance.choice(STRINGS)[:300], *(chr(chance.randrange(0x11_0000)) for _ in range(chance.randint(0, 20)))]
    pieces.append(chance.choice(_questions()))
    chance.shuffle(pieces)
    body = json.dumps({field: "".join(pieces)}, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
    broken = (b"\xc0\xaf", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\xff", b"\xef\xbb\xbf")
    if chance.random() < 0.3:
        at = chance.randrange(len(body))
        body = body[:at] + chance.choice(broken) + body[at:]
    return Attack("unicode", path, _json(path, body))


def _oversized(chance: random.Random) -> Attack:
    size = chance.choice([2_001, 5_001, 20_000, 20_000, 200_000, 1_100_000])
    what = chance.choice(["body", "body", "key", "list", "address", "header", "chunks"])
    long = chance.choice("a问") * size
    if what == "address":
        return Attack("oversized", "/v1/measures", raw(b"GET", f"/v1/measures?q={quote(long[:40_000])}"), is_http=False)
    if what == "header":
        return Attack(
            "oversized", "/v1/models", raw(b"GET", "/v1/models", headers=[("X-A", b"a" * size)]), is_http=False
        )
    # Refused before it has all come: whoever goes on sending may lose the answer.
    is_small = size < 1_000_000
    value = {"body": long, "key": {long: 1}, "list": [{"role": "user", "content": "a"}] * (size // 100)}.get(what, long)
    body = json.dumps(
        {"question": "找谁", "history": value} if what in ("key", "list") else {"question": value}
    ).encode()
    if what == "chunks":
        chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:7], body[7:]))
        headers = [("Transfer-Encoding", b"chunked"), ("Content-Type", b"application/json")]
        return Attack("oversized", "/v1/ask", raw(b"POST", "/v1/ask", chunks + b"0\r\n\r\n", headers), is_small)
    return Attack("oversized", "/v1/ask", _json("/v1/ask", body), is_small)


def _nested(chance: random.Random) -> Attack:
    depth = chance.choice([100, 1_000, 10_000])
    opening, inside, closing = chance.choice([("[", "", "]"), ('{"a":', "1", "}"), ('[{"a":', "1", "}]")])
    deep = opening * depth + inside + closing * chance.choice([depth, depth - 1, 0])
    path = chance.choice(list(BODIES))
    where = chance.choice(["{deep}", '{{"question":{deep}}}', '{{"question":"a","history":{deep}}}', '{{"{deep}":1}}'])
    if chance.random() < 0.15:
        return _form(
            "nested", "/v1/notices/preview", [("file", "a.txt", TEXT.encode()), ("corrections", "", deep.encode())]
        )
    return Attack("nested", path, _json(path, where.format(deep=deep).encode()))


def _traversal(chance: random.Random) -> Attack:
    method, _, template = chance.choice(ROUTES).partition(" ")
    target = template.format(chance.choice(TRAVERSALS))
    return Attack("paths", target.partition("?")[0], raw(method.encode(), target), is_http=len(target) < 4_000)


def _query(chance: random.Random) -> Attack:
    template = chance.choice(QUERIES)
    value = (
        quote(chance.choice(STRINGS).encode("utf-8", "surrogatepass"))
        if chance.random() < 0.8
        else chance.choice(TRAVERSALS)
    )
    return Attack("queries", template.partition("?")[0], raw(b"GET", template.format(value)))


def _header(chance: random.Random) -> Attack:
    values = (
        *(
            b"a\r\nX-Injected: 1",
            b"a\nX-Injected: 1",
            b"a\rX-Injected: 1",
            b"a\x00b",
            b"%0d%0aX-Injected:%201",
            b"\xff\xfe",
            b"",
        ),
        *(
            MARK.encode(),
            b"a" * 20_000,
            b"Bearer " + b"x" * 500,
            b"policyqa_key=" + b"x" * 99,
            b"policyqa_key=\xe4\xbd\xa0; =; ;;",
        ),
        *(
            b"localhost, evil.example",
            b"evil.example",
            b"[::1",
            b"Basic !!",
            b"127.0.0.1, 1.2.3.4",
            b"https://evil.example",
            b"bytes=0-,0-",
        ),
    )
    path = chance.choice(["/v1/session", "/v1/models", "/v1/ask", "/", "/catalogue", "/metrics"])
    headers = [(chance.choice(HEADERS), chance.choice(values)) for _ in range(chance.randint(1, 3))]
    body = b'{"question":"\xe6\x89\xbe\xe8\xb0\x81"}' if path == "/v1/ask" else b""
    if chance.random() < 0.1:
        headers += chance.choice(
            [
                [("Content-Length", b"0"), ("Transfer-Encoding", b"chunked")],
                [("Content-Length", b"-1")],
                [("Content-Length", b"0"), ("Content-Length", b"7")],
                [("Transfer-Encoding", b"xchunked")],
            ]
        )
    return Attack("headers", path, raw(b"POST" if body else b"GET", path, body, headers), is_http=False)


def _method(chance: random.Random) -> Attack:
    method, path = chance.choice(METHODS), chance.choice(PATHS)
    body = chance.choice([b"", b"question=a", b"<a/>", b"{}", b'"a"', b"\x00" * 50])
    headers = [("Content-Type", chance.choice(TYPES).encode())]
    return Attack("methods", path, raw(method, path, body, headers), is_http=method.isalpha() and method != b"CONNECT")


def _multipart(chance: random.Random) -> Attack:
    path = chance.choice(["/v1/notices/preview", "/v1/batches", "/v1/batches"])
    number = chance.randrange(10**9)
    name = chance.choice(STRINGS)[:200] + chance.choice(
        [".csv", ".xlsx", ".txt", ".html", ".docx", ".exe", "", ".csv\0.txt"]
    )
    if path == "/v1/batches":
        cells = ",".join(chance.choice(STRINGS)[:400] for _ in range(3))
        content = f"编号,工单内容\n1,{cells}\n=1+1,{chance.choice(_questions())}\n".encode("utf-8", "surrogatepass")
        content = damaged(content, number) if chance.random() < 0.5 else content
        parts = [("file", name, content), ("column", "", chance.choice(STRINGS).encode("utf-8", "surrogatepass"))]
    else:
        content = rewritten(TEXT, number).encode() if chance.random() < 0.5 else damaged(TEXT.encode(), number)
        corrections = json.dumps(_changed({"notice": {"title": "甲"}, "sources": {"M1": {"lead": ["乙"]}}}, chance))
        identity = chance.choice([*TRAVERSALS[:12], *STRINGS]).encode("utf-8", "surrogatepass")
        parts = [("file", name, content), ("id", "", identity[:200]), ("corrections", "", corrections.encode())]
    return _form("multipart", path, parts * chance.choice([1, 1, 1, 2, 400]), chance)


def _form(kind: str, path: str, parts: Sequence[tuple[str, str, bytes]], chance: random.Random | None = None) -> Attack:
    pieces = []
    for field, name, content in parts:
        file = f'; filename="{name}"' if name else ""
        head = f'--pq\r\nContent-Disposition: form-data; name="{field}"{file}\r\n\r\n'
        pieces += [head.encode("utf-8", "surrogatepass"), content[:_LONGEST_PART], b"\r\n"]
    body = b"".join(pieces)
    body += b"--pq--\r\n"
    boundary = b"pq"
    if chance and chance.random() < 0.3:
        body = chance.choice([damaged(body, chance.randrange(10**9)), body[:-8], body[: len(body) // 2]])
        boundary = chance.choice([b"pq", b"pq", b"other", b"", b"\xff", b"p" * 300])
    headers = [("Content-Type", b"multipart/form-data; boundary=" + boundary)]
    return Attack(kind, path, raw(b"POST", path, body[:900_000], headers))


def _injection(chance: random.Random) -> Attack:
    phrase = chance.choice(_INJECTIONS["phrases"]).format(office=OFFICE, number=NUMBER)
    question = chance.choice(_questions())
    said = chance.choice([phrase + question, question + phrase, phrase, f"{question}\n\n{phrase}\n\n{question}"])
    path = chance.choice(["/v1/ask", "/v1/ask", "/v1/assist"])
    body: dict[str, Any] = {"text": said} if path == "/v1/assist" else {"question": said[:2000]}
    if path == "/v1/ask" and chance.random() < 0.4:
        body = {
            "question": question[:2000],
            "history": [{"role": "user", "content": "找谁"}, {"role": "assistant", "content": phrase}],
        }
    return Attack("injection", path, _json(path, json.dumps(body).encode()))


@cache
def _questions() -> tuple[str, ...]:
    return tuple(item.question for item in load_standalone())


_KINDS: Mapping[str, tuple[int, Callable[[random.Random], Attack]]] = {
    "json": (24, _fuzzed),
    "unicode": (12, _unicode),
    "oversized": (3, _oversized),
    "nested": (6, _nested),
    "paths": (14, _traversal),
    "queries": (8, _query),
    "headers": (12, _header),
    "methods": (8, _method),
    "multipart": (5, _multipart),
    "injection": (8, _injection),
}
