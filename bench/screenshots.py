"""Pictures of every page, phone and desktop, light and dark; the chosen ones go into the README.

make screenshots
"""

import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, ViewportSize

from bench.browser import chromium
from bench.server import running
from ingest.settings import load_settings

README_FOLDER = Path("docs/screenshots")
README_PICTURES = ("answer-desktop-light", "answer-phone-dark", "workbench-desktop-light", "map-desktop-light")
QUESTION = "小饭店周转不开,哪里能帮忙贷到款?电话多少"
TICKET = (
    "来电人陈国梁,电话13916472085。想问开面馆的执照、食品许可和招牌能不能一次办好,找哪个部门?"
    "另外公司想去越南开分公司,境外投资备案找谁?"
)
SIZES: dict[str, ViewportSize] = {"desktop": {"width": 1200, "height": 860}, "phone": {"width": 360, "height": 740}}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
JPEG_QUALITY = 80


def main() -> None:
    """Take them all."""
    folder = load_settings().data_dir / "screenshots"
    for each in (folder, README_FOLDER):
        each.mkdir(parents=True, exist_ok=True)
    command = [str(Path(sys.executable).with_name("policyqa")), "serve"]
    with running(command, QUESTION) as server, chromium() as browser:
        for size, viewport in SIZES.items():
            for scheme in SCHEMES:
                for name, show in SHOWN.items():
                    page = browser.new_page(viewport=viewport, color_scheme=scheme, locale="zh-CN")
                    show(page, server.url)
                    # Colours fade in, the conversation scrolls.
                    page.wait_for_timeout(800)
                    picture = f"{name}-{size}-{scheme}"
                    taken = page.screenshot(type="jpeg", quality=JPEG_QUALITY)
                    (folder / f"{picture}.jpg").write_bytes(taken)
                    if picture in README_PICTURES:
                        (README_FOLDER / f"{picture}.jpg").write_bytes(taken)
                    page.close()
    print(f"{folder}: {len(SHOWN) * len(SIZES) * len(SCHEMES)} pictures; {README_FOLDER}: {len(README_PICTURES)}")


def _welcome(page: Page, url: str) -> None:
    page.goto(url)
    page.locator(".pq-welcome").wait_for()


def _answer(page: Page, url: str) -> None:
    _welcome(page, url)
    page.locator("#pq-question textarea").fill(QUESTION)
    page.keyboard.press("Enter")
    page.locator(".pq-answer").wait_for()


def _original(page: Page, url: str) -> None:
    _answer(page, url)
    page.get_by_role("link", name="看原文").click()
    page.locator("dialog h1").wait_for()


def _catalogue(page: Page, url: str) -> None:
    page.goto(f"{url}/catalogue?department=区司法局")
    page.locator("#pq-results li").first.wait_for()


def _map(page: Page, url: str) -> None:
    page.goto(f"{url}/map")
    page.locator("#pq-network svg").wait_for()


def _workbench(page: Page, url: str) -> None:
    page.goto(f"{url}/workbench")
    page.locator("#pq-ticket textarea").fill(TICKET)
    page.locator("#pq-assist").click()
    page.locator(".pq-dispatch").wait_for()
    page.locator(".pq-dispatch").evaluate("card => card.scrollIntoView()")


def _evaluation(page: Page, url: str) -> None:
    page.goto(f"{url}/evaluation")
    page.locator("#pq-evaluation .pq-card").first.wait_for()


SHOWN = {
    "welcome": _welcome,
    "answer": _answer,
    "original": _original,
    "catalogue": _catalogue,
    "map": _map,
    "workbench": _workbench,
    "evaluation": _evaluation,
}


if __name__ == "__main__":
    main()
