"""What a person does on the question page."""

from playwright.sync_api import Locator, Page, expect


def ask(page: Page, question: str) -> None:
    """Type a question and press Enter."""
    page.get_by_label("您的问题").fill(question)
    page.keyboard.press("Enter")


def answer(page: Page, question: str) -> Locator:
    """Ask, and wait for the card with the answer."""
    before = page.locator(".pq-turn").count()
    ask(page, question)
    newest = page.locator(".pq-turn").nth(before).locator("[data-said]")
    expect(newest).to_be_visible()
    return newest
