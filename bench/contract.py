"""Schemathesis over the OpenAPI document: every check, stateful links, against a real server that needs a key.

    python -m bench.contract [EXAMPLES]

The server works on a copy of the corpus and the index, so that notices may be added and removed. EXAMPLES, 5,000 if
none are given, are spread over the operations. Exits with 1 if anything is not as the document says.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from api.contract import KeyRole
from api.store import Store
from bench.project import copied_project
from bench.server import running
from eval.dataset import load_standalone
from ingest.settings import RateLimits, RoleLimits
from tests.ingest.uploads import TEXT as NOTICE

EXAMPLES, SEED = 5_000, 9
CONFIG = Path(__file__).with_suffix(".toml")
_TOOLS = Path(sys.executable).parent
_PLENTY = RoleLimits(read=10**9, write=10**9)
UNLIMITED = RateLimits(public=_PLENTY, agent=_PLENTY, reviewer=_PLENTY, operator=_PLENTY, unknown_key=10**9)
"""Nobody calls too often."""


def main() -> None:
    """Check and let Schemathesis print what it finds."""
    examples = int(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLES
    with TemporaryDirectory() as folder:
        settings, environment = copied_project(Path(folder))
        key = new_key(settings.store, "operator")
        question = load_standalone()[0].question
        with running(
            [str(_TOOLS / "policyqa"), "serve"],
            question,
            {**environment, "POLICYQA_RATE_LIMITS": UNLIMITED.model_dump_json()},
        ) as server:
            document = server.client.get("/openapi.json").json()
            operations = sum(len(methods) for methods in document["paths"].values())
            server.client.headers["Authorization"] = f"Bearer {key}"
            made = made_examples(server.client)
            each = -(-examples // operations)
            done = subprocess.run(command(server.url, key, each), check=False, cwd=folder, env={**os.environ, **made})
            answer = server.client.post("/v1/ask", json={"question": question}).raise_for_status().json()
            print(f"the server still answers: {answer['status']}; peak memory {server.peak_mib()} MiB")
    sys.exit(done.returncode)


def command(
    url: str, key: str, examples: int, phases: Sequence[str] = ("examples", "coverage", "fuzzing", "stateful")
) -> list[str]:
    """The command that checks the server at ``url`` with so many examples an operation."""
    return [
        *(str(_TOOLS / "schemathesis"), "--config-file", str(CONFIG), "run", f"{url}/openapi.json"),
        *("--header", f"Authorization: Bearer {key}", "--checks", "all", "--phases", ",".join(phases)),
        *("--max-examples", str(examples), "--seed", str(SEED), "--generation-database", "none", "--no-shrink"),
        *("--continue-on-failure", "--request-timeout", "60", "--no-color"),
    ]


def new_key(store_url: str, role: KeyRole) -> str:
    """A key of that role; the service is closed from then on."""
    with closing(Store(store_url)) as store:
        return store.keys.add("contract", role, "bench", datetime.now(UTC))


def made_examples(client: httpx.Client) -> dict[str, str]:
    """A batch, a candidate and a further notice, made over HTTP; their ids for the configuration, by its names."""
    table = "编号,工单内容\nT1,我们公司想去越南设厂,ODI备案找哪个部门?\n"
    batch = client.post("/v1/batches", files={"file": ("tickets.csv", table)})
    answer = client.post("/v1/ask", json={"question": "想去越南设厂找哪个部门?"}).json()
    judged = {"trace_id": answer["trace_id"], "verdict": "wrong_measure", "correct_sources": ["hongkou-2025/M13"]}
    client.post("/v1/feedback", json=judged).raise_for_status()
    file = {"file": ("notice.txt", NOTICE)}
    accept = [each["message"] for each in client.post("/v1/notices/preview", files=file).json()["oddities"]]
    notice = client.post("/v1/notices", files=file, data={"accept": accept}).raise_for_status().json()
    return {"BATCH": batch.raise_for_status().json()["id"], "NOTICE": notice["id"]}


if __name__ == "__main__":
    main()
