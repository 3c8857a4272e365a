"""The question page in a real browser: until something is painted, until it can be used, until the answer is seen.

    make bench

A warm server, a fresh browser context for each load. The answer's time runs in the page itself, from Enter until the
card is in the document; beside it the same questions over HTTP in the same run, so that what the page adds is seen.
"""

import os
import statistics
import sys
import time
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Page

from bench.browser import chromium
from bench.server import running
from eval.dataset import load_standalone

LOADS = 10
QUESTIONS = 30
_PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
_ANSWERED = """() => new Promise((done) => {
  const look = () => document.querySelectorAll('.pq-turn [data-said]').length > 0
    ? done(performance.now() - window.enterAt) : requestAnimationFrame(look);
  look();
})"""
_NOTE_ENTER = """addEventListener('keydown', (event) => {
  if (event.key === 'Enter') window.enterAt = performance.now();
}, true)"""


def main() -> None:
    """Measure and print the table."""
    questions = [item.question for item in load_standalone() if "\n" not in item.question][:QUESTIONS]
    command = [str(Path(sys.executable).with_name("policyqa")), "serve"]
    with running(command, questions[0]) as server, chromium() as browser:
        for question in questions[:3]:
            answers(browser, server.url, [question])
        loads = [first_load(browser, server.url) for _ in range(LOADS)]
        seen = answers(browser, server.url, questions)
        over_http = [latency_ms(server.client, question) for question in questions]
    print(f"\n{LOADS} loads, {len(questions)} questions, {os.cpu_count()} cores")
    for name, values in (
        ("first paint", [painted for painted, _ in loads]),
        ("page usable", [usable for _, usable in loads]),
        ("answer on screen", seen),
        ("the same over HTTP", over_http),
    ):
        print(f"{name:20}median {statistics.median(values):7.0f} ms   slowest {max(values):7.0f} ms")
    print(f"{'on screen / HTTP':20}{statistics.median(seen) / statistics.median(over_http):14.2f}")


def first_load(browser: Browser, url: str) -> tuple[float, float]:
    """Milliseconds until the first paint and until a question can be typed, nothing cached."""
    context = browser.new_context()
    page = context.new_page()
    started = time.perf_counter()
    page.goto(url)
    page.locator("#pq-question textarea").fill("?")
    usable = (time.perf_counter() - started) * 1000
    painted = float(page.evaluate(_PAINTED))
    context.close()
    return painted, usable


def answers(browser: Browser, url: str, questions: list[str]) -> list[float]:
    """Milliseconds from Enter until the answer is in the page, one question after another in one conversation."""
    page = browser.new_page()
    page.add_init_script(_NOTE_ENTER)
    page.goto(url)
    times = [_answer_ms(page, question) for question in questions]
    page.close()
    return times


def _answer_ms(page: Page, question: str) -> float:
    # Each question begins its own conversation: what is measured is one answer, not the drawing of many.
    page.get_by_role("button", name="清除记录").click()
    page.locator(".pq-welcome").wait_for()
    page.locator("#pq-question textarea").fill(question)
    page.keyboard.press("Enter")
    return float(page.evaluate(_ANSWERED))


def latency_ms(client: httpx.Client, question: str) -> float:
    """Milliseconds of one /v1/ask."""
    started = time.perf_counter()
    client.post("/v1/ask", json={"question": question}).raise_for_status()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
