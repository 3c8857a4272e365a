"""A language model behind the page: nobody waits for the office, and whose words they are is said."""

from playwright.sync_api import Browser, expect

from ingest.settings import Settings
from tests.model_server import Say, ScriptedModel, Wait
from tests.ui.web.asking import ask
from tests.ui.web.conftest import free_port, serving


def test_the_office_is_shown_while_the_model_is_still_silent(
    browser: Browser, project: Settings, model: ScriptedModel
) -> None:
    model.script = [Wait(1.5), Say("筹建企业“走出去”一站式服务中心。[[M12]]\n三天办好。[[M12]]\n")]
    settings = {"BASE_URL": f"{model.url}/v1", "MODEL": "qwen", "TIMEOUT_S": "30", "DEADLINE_S": "30"}
    with serving(project, free_port(), **{f"POLICYQA_LLM_{name}": value for name, value in settings.items()}) as url:
        page = browser.new_page(locale="zh-CN")
        page.goto(url)
        ask(page, "公司境外投资备案找谁?")
        expect(page.locator(".pq-pending .pq-lead")).to_have_text("区服务发展办")
        card = page.locator(".pq-answer")
        expect(card).to_contain_text("筹建企业“走出去”一站式服务中心(第12条)。")
        expect(card).to_contain_text("前面的话由语言模型 qwen 起草,已逐句与原文核对")
        expect(card).not_to_contain_text("三天")
        page.close()
