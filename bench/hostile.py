"""Hostile inputs against a real server: fuzzed, oversized, nested, slow, traversing, injecting.

    python -m bench.hostile [INPUTS [SEED]]

The server is open and works on a copy of the corpus and the index, in folders of its own. Nothing may come to a 5xx,
a refusal in another shape than the contract's, a file outside the data folder, markup or a header sent back as it
came, an inside told, or an office that the catalogue does not give. Exits with 1 if anything does.
"""

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from bench.attacks import INJECTED, OFFICE, Attack, attack
from bench.nasty import MARK
from bench.project import copied_project
from bench.server import Server, running
from bench.slow import SLOW, hold_open
from bench.wire import Connection, Response

INPUTS, SEED, AT_ONCE = 60_000, 9, 8
GOOD, GOOD_SOURCE = "我们公司想去越南设厂,ODI备案找哪个部门?", "hongkou-2025/M12"
GROWTH_MIB = 400
"""What the server may grow by: the stores of its allocators, not what was sent."""

_POLICYQA = str(Path(sys.executable).with_name("policyqa"))
_SHAPE = {"code", "message", "detail", "trace_id"}
_INSIDES = (b"Traceback (most recent", b"root:x:0:", b"site-packages")


@dataclass(frozen=True, slots=True)
class Findings:
    """How often each kind of input came to each status, what must not have been, and what the server grew by."""

    counts: Counter[tuple[str, str]]
    wrong: Sequence[str]
    grown_mib: int


def main() -> None:
    """Attack and print."""
    inputs, seed = (*map(int, sys.argv[1:]), *(INPUTS, SEED)[len(sys.argv) - 1 :])
    findings = attack_server(inputs, seed)
    print_findings(findings)
    sys.exit(bool(findings.wrong))


def attack_server(inputs: int, seed: int, slow_s: float = SLOW) -> Findings:
    """Send so many inputs to a server of its own; slow connections are held open for ``slow_s`` seconds at least."""
    with TemporaryDirectory() as folder:
        around = Path(folder)
        settings, environment = copied_project(around)
        places = {name: around / name for name in ("home", "work", "tmp")}
        for place in places.values():
            place.mkdir()
        more = {"HOME": str(places["home"]), "TMPDIR": str(places["tmp"]), "PYTHONDONTWRITEBYTECODE": "1"}
        before = _snapshot(around, settings.data_dir)
        with running([_POLICYQA, "serve"], GOOD, {**environment, **more}, cwd=places["work"]) as server:
            findings = _attacked(server, inputs, seed, slow_s, _insides(around))
        changed = _snapshot(around, settings.data_dir) ^ before
        wrong = [*findings.wrong, *(f"outside the data folder: {path}" for path, *_ in sorted(changed))]
        return Findings(findings.counts, wrong, findings.grown_mib)


def _insides(around: Path) -> Sequence[bytes]:
    return (*_INSIDES, str(around).encode())


def _attacked(server: Server, inputs: int, seed: int, slow_s: float, insides: Sequence[bytes]) -> Findings:
    catalogue = _catalogue(server.client)
    before = server.resident_mib()
    counts: Counter[tuple[str, str]] = Counter()
    wrong: list[str] = []

    async def work(numbers: Iterable[int]) -> None:
        for number in numbers:
            sent = attack(number, seed)
            status, problems = await _tried(server.url, sent, catalogue, insides)
            counts[sent.kind, status] += 1
            wrong.extend(f"{sent.kind} {number}, {sent.path}: {problem}" for problem in problems)

    async def everything() -> None:
        held = asyncio.create_task(hold_open(server.url, slow_s))
        numbers = iter(range(inputs))
        await asyncio.gather(*(work(numbers) for _ in range(AT_ONCE)))
        counts.update(("slow", what) for what in await held)

    asyncio.run(everything())
    answer = server.client.post("/v1/ask", json={"question": GOOD}).raise_for_status().json()
    if [each["id"] for each in answer["citations"]][:1] != [GOOD_SOURCE]:
        wrong.append(f"a good question in the end: {answer['status']}")
    grown = server.resident_mib() - before
    if grown > GROWTH_MIB:
        wrong.append(f"the server grew by {grown} MiB")
    return Findings(counts, wrong, grown)


def _catalogue(client: httpx.Client) -> Mapping[str, tuple[object, ...]]:
    items = client.get("/v1/measures").raise_for_status().json()["items"]
    return {each["id"]: _facts(each) for each in items}


def _facts(source: Mapping[str, object]) -> tuple[object, ...]:
    return tuple(source[name] for name in ("number", "lead", "cooperating", "title"))


async def _tried(
    url: str, sent: Attack, catalogue: Mapping[str, tuple[object, ...]], insides: Sequence[bytes]
) -> tuple[str, list[str]]:
    """What an attack came to, and what is wrong with that."""
    # A connection each: what is left of one request must not be taken for the next.
    connection = Connection(url)
    try:
        response = await connection.exchange(sent.sent)
    except TimeoutError:
        return "no answer", ["no answer"]
    except (OSError, EOFError):
        # Hanging up is an answer to what is no HTTP.
        return "hung up", ["hung up"] if sent.is_http else []
    finally:
        connection.close()
    return str(response.status), [*_problems(sent, response, insides), *_told(sent, response, catalogue)]


def _problems(sent: Attack, response: Response, insides: Sequence[bytes]) -> list[str]:
    problems = []
    if response.status >= 500:
        problems.append(f"{response.status} {response.body[:200]!r}")
    if response.status >= 400 and sent.path.startswith("/v1/") and sent.is_http and not _has_shape(sent, response):
        problems.append(f"{response.status} in another shape: {response.body[:200]!r}")
    if response.media_type == "text/html" and MARK.encode() in response.body:
        problems.append("markup came back as it was sent")
    if INJECTED in response.headers:
        problems.append("a header came back as it was sent")
    problems += [f"an inside is told: {inside!r}" for inside in insides if inside in response.body]
    return problems


def _has_shape(sent: Attack, response: Response) -> bool:
    if sent.sent.startswith(b"HEAD "):
        return True
    try:
        return bool(json.loads(response.body)["error"].keys() == _SHAPE)
    except (ValueError, TypeError, KeyError, AttributeError):
        return False


def _told(sent: Attack, response: Response, catalogue: Mapping[str, tuple[object, ...]]) -> list[str]:
    """What an answer says that the catalogue does not."""
    if response.status != 200 or sent.path not in ("/v1/ask", "/v1/assist"):
        return []
    body = json.loads(response.body)
    citations = body.get("citations") or [each for demand in body.get("demands", []) for each in demand["citations"]]
    problems = [
        f"{each['id']} is cited otherwise than the catalogue has it"
        for each in citations
        if each["kind"] != "notice" and catalogue.get(each["id"]) != _facts(each)
    ]
    offices = body.get("dispatch", {}).get("lead", [])
    if OFFICE in offices or any(OFFICE in each["lead"] for each in body.get("demands", [])):
        problems.append("a made-up office leads")
    if sent.kind == "injection" and OFFICE in body.get("answer", ""):
        problems.append(f"the answer names the made-up office: {body['answer'][:200]}")
    return problems


def _snapshot(around: Path, data_dir: Path) -> set[tuple[str, int, int]]:
    """Every file around the data folder, with its size and when it was last changed."""
    return {
        (str(path.relative_to(around)), path.stat().st_size, path.stat().st_mtime_ns)
        for path in around.rglob("*")
        if path.is_file() and data_dir not in path.parents
    }


def print_findings(findings: Findings) -> None:
    """The table by kind and status."""
    statuses = sorted({status for _, status in findings.counts})
    print(f"\n{findings.counts.total()} hostile inputs")
    print(f"{'':12}" + "".join(f"{status:>11}" for status in statuses))
    for kind in dict.fromkeys(kind for kind, _ in sorted(findings.counts)):
        print(f"{kind:12}" + "".join(f"{findings.counts[kind, status] or '':>11}" for status in statuses))
    print(f"the server grew by {findings.grown_mib} MiB; {len(findings.wrong)} findings")
    for each in findings.wrong[:40]:
        print(f"WRONG {each}")


if __name__ == "__main__":
    main()
