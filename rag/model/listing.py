"""Asking a server which models it has: the cheapest way to see that it answers, and takes the key."""

from http import HTTPStatus

import httpx

from ingest.errors import ModelUnavailable
from ingest.settings import ModelServerSettings
from rag.model.key import key_of

_REFUSED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)


def listed_models(server: ModelServerSettings, timeout_s: float) -> list[str]:
    """The names of its models. Raises ModelUnavailable if it does not say, SettingsError without the key's file."""
    headers = {"Authorization": f"Bearer {key_of(server).get_secret_value()}"}
    try:
        answer = httpx.get(f"{str(server.base_url).rstrip('/')}/models", headers=headers, timeout=timeout_s)
        if answer.status_code in _REFUSED:
            raise ModelUnavailable(
                f"服务不接受密钥({answer.status_code})。", "请检查 llm_api_key 或 llm_api_key_file。"
            )
        return [str(model["id"]) for model in answer.raise_for_status().json()["data"]]
    except httpx.HTTPStatusError as error:
        raise ModelUnavailable(
            f"服务答复 {error.response.status_code}。", "请检查 llm_base_url(通常以 /v1 结尾)。"
        ) from error
    except httpx.HTTPError as error:
        raise ModelUnavailable(
            f"服务没有应答:{type(error).__name__}。", "请检查服务是否在运行、llm_base_url 是否正确。"
        ) from error
    except (ValueError, LookupError, TypeError) as error:
        raise ModelUnavailable("答复不是 OpenAI 的格式。", "请检查 llm_base_url(通常以 /v1 结尾)。") from error
