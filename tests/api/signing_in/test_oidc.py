"""Signing in at the organisation's provider: the flow against a real one, and every way in which it is refused."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient
from itsdangerous import TimestampSigner, URLSafeTimedSerializer
from joserfc.jwk import RSAKey

from api.app import create_app
from api.signing_in.access import COOKIE
from api.signing_in.oidc import BEGUN_COOKIE, BEGUN_S
from api.signing_in.staff import SESSION_COOKIE, SESSION_S
from api.store import Store
from ingest.settings import Settings
from tests.api.conftest import served
from tests.api.signing_in.test_access import PROTECTED
from tests.api.test_errors import assert_error
from tests.oidc_provider import CLIENT_ID, SESSION_SECRET, Claims, OidcProvider, oidc_provider

NOW = datetime(2026, 11, 28, tzinfo=UTC)
BEGIN = "/sign-in/oidc?next=/v1/session"
"""The page to come back to says who signed in."""

CALLBACK = "/sign-in/oidc/callback"
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "one"})
NOBODY = {"role": "public", "name": None, "open": False, "oidc": True}
WANG = {"role": "agent", "name": "王敏(wangmin)", "open": False, "oidc": True}
SESSION = {"name": "王敏(wangmin)", "role": "agent"}


@pytest.fixture(scope="module")
def running() -> Iterator[OidcProvider]:
    with oidc_provider() as provider:
        yield provider


@pytest.fixture
def provider(running: OidcProvider) -> OidcProvider:
    """The provider; nothing is left of what an earlier test did to it, but for its keys."""
    vars(running).update(vars(OidcProvider(issuer=running.issuer, published=running.published)))
    return running


@pytest.fixture(scope="module")
def site(settings: Settings, running: OidcProvider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The API with the provider, and without any key."""
    store = f"sqlite:///{tmp_path_factory.mktemp('oidc') / 'store.db'}"
    with served(running.settings(settings, store_url=store)) as url:
        yield url


@pytest.fixture
def browser(site: str, provider: OidcProvider) -> Iterator[httpx.Client]:
    """Somebody's browser, as far as following redirects and keeping cookies goes."""
    with httpx.Client(base_url=site, follow_redirects=True) as browser:
        yield browser


@pytest.fixture
def fresh(own_settings: Settings, provider: OidcProvider) -> Callable[..., TestClient]:
    """The API with the provider, which it has not asked for anything yet."""
    return lambda **more: TestClient(create_app(provider.settings(own_settings, **more)), follow_redirects=False)


def signed(content: object, cookie: str = SESSION_COOKIE, age_s: int = 0, secret: str = SESSION_SECRET) -> str:
    """A cookie as it was made so long ago."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TimestampSigner, "get_timestamp", lambda _: int(time.time()) - age_s)
        return str(URLSafeTimedSerializer(secret, salt=cookie).dumps(content))


def in_session(cookie: str) -> dict[str, str]:
    return {"Cookie": f"{SESSION_COOKIE}={cookie}"}


def assert_refused(response: Any, status: int, said: str) -> None:  # noqa: ANN401 - httpx or httpx2
    """A page for people; nobody is signed in."""
    assert response.status_code == status, response.text
    assert response.headers["Content-Type"].startswith("text/html")
    assert said in response.text
    assert 'href="/sign-in"' in response.text
    assert SESSION_COOKIE not in response.headers.get("Set-Cookie", "")


class TestFlow:
    def test_who_comes_back_is_known_by_name_and_role(self, browser: httpx.Client, provider: OidcProvider) -> None:
        assert browser.get("/v1/session").json() == NOBODY
        arrived = browser.get(BEGIN)
        assert (arrived.url.path, arrived.json()) == ("/v1/session", WANG)
        assert [each.status_code for each in arrived.history] == [303, 302, 303]
        assert browser.get("/v1/evaluation").status_code in (200, 404)
        assert "审核" in assert_error(browser.get("/v1/candidates"), 403, "forbidden")["message"]
        asked = provider.asked[0]
        assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
        assert asked["scope"] == "openid profile groups"
        assert asked["redirect_uri"] == f"{browser.base_url}".rstrip("/") + CALLBACK
        assert asked["nonce"] != asked["state"]

    def test_every_time_it_is_another_state_nonce_and_challenge(
        self, browser: httpx.Client, provider: OidcProvider
    ) -> None:
        for _ in range(2):
            browser.get(BEGIN)
        one, other = provider.asked
        assert not [name for name in ("state", "nonce", "code_challenge") if one[name] == other[name]]

    def test_the_browser_keeps_no_token_and_nothing_of_the_way(
        self, browser: httpx.Client, provider: OidcProvider
    ) -> None:
        arrived = browser.get(BEGIN)
        assert {each.name for each in browser.cookies.jar} == {SESSION_COOKIE}
        content = URLSafeTimedSerializer(SESSION_SECRET, salt=SESSION_COOKIE).loads(browser.cookies[SESSION_COOKIE])
        assert content == SESSION
        sent = "".join(f"{each.headers}{each.text}" for each in (*arrived.history, arrived))
        assert len(provider.tokens) == 2
        assert not [token for token in provider.tokens if token in sent]

    @pytest.mark.parametrize("scheme", ["http", "https"])
    def test_the_cookies_are_out_of_reach_for_scripts_and_other_sites_and_under_https_for_others_on_the_way(
        self, site: str, provider: OidcProvider, scheme: str
    ) -> None:
        proxied = {"X-Forwarded-Proto": scheme}
        begun = httpx.get(site + BEGIN, headers=proxied)
        way = SimpleCookie(begun.headers["Set-Cookie"])[BEGUN_COOKIE]
        back = httpx.get(begun.headers["Location"]).headers["Location"]
        assert back.startswith(f"{scheme}://")
        cookie = {"Cookie": f"{BEGUN_COOKIE}={way.value}"}
        arrived = httpx.get(back.replace("https://", "http://"), headers=proxied | cookie)
        session = SimpleCookie(
            next(each for each in arrived.headers.get_list("Set-Cookie") if each.startswith(SESSION_COOKIE))
        )[SESSION_COOKIE]
        for each, age_s, path in ((way, BEGUN_S, "/sign-in/oidc"), (session, SESSION_S, "/")):
            assert (each["max-age"], each["path"], each["samesite"]) == (str(age_s), path, "lax")
            assert each["httponly"]
            assert bool(each["secure"]) is (scheme == "https")

    @pytest.mark.parametrize(
        "target",
        [
            "https://evil.example/",
            "//evil.example/",
            "/\\evil.example",
            "/\t/evil.example",
            "http://[",
            "x",
            "/" + "x" * 1000,
        ],
    )
    def test_afterwards_nobody_is_sent_to_another_site(self, browser: httpx.Client, target: str) -> None:
        arrived = browser.get("/sign-in/oidc", params={"next": target})
        assert arrived.history[-1].headers["Location"] == "/"

    def test_a_key_that_the_browser_still_holds_is_dropped(self, browser: httpx.Client) -> None:
        browser.cookies.set(COOKIE, "pq_old", domain="127.0.0.1")
        assert browser.get(BEGIN).json() == WANG
        assert COOKIE not in browser.cookies


class TestRole:
    @pytest.mark.parametrize(
        ("groups", "role"),
        [
            (["热线"], "agent"),
            ("审核组", "reviewer"),
            (["热线", "运营组", "审核组"], "operator"),
            ([7, "热线"], "agent"),
        ],
    )
    def test_the_highest_that_a_group_gives(
        self, browser: httpx.Client, provider: OidcProvider, groups: object, role: str
    ) -> None:
        provider.person["groups"] = groups
        assert browser.get(BEGIN).json()["role"] == role

    @pytest.mark.parametrize("groups", [[], ["全体职工"], "operator", None, {"热线": True}])
    def test_who_is_in_no_such_group_is_told_so(
        self, browser: httpx.Client, provider: OidcProvider, groups: object
    ) -> None:
        provider.person["groups"] = groups
        assert_refused(browser.get(BEGIN), 403, "“王敏(wangmin)”还没有使用工作台的权限。 请联系管理员")
        assert browser.get("/v1/session").json() == NOBODY

    def test_groups_that_the_token_leaves_out_are_asked_for(
        self, browser: httpx.Client, provider: OidcProvider
    ) -> None:
        provider.hidden = ("groups",)
        assert browser.get(BEGIN).json() == WANG

    def test_but_not_taken_from_somebody_else(self, browser: httpx.Client, provider: OidcProvider) -> None:
        provider.hidden = ("groups",)
        provider.alter = lambda claims: {**claims, "sub": "u-18"}
        assert_refused(browser.get(BEGIN), 401, "统一登录没有通过")

    def test_a_name_is_printed_and_kept_harmless_and_short(self, browser: httpx.Client, provider: OidcProvider) -> None:
        provider.person |= {"name": "<b>王\n敏</b>", "preferred_username": "x" * 200, "groups": []}
        assert "&lt;b&gt;王敏&lt;/b&gt;(xxx" in browser.get(BEGIN).text
        provider.person["groups"] = ["热线"]
        assert len(browser.get(BEGIN).json()["name"]) == 100

    def test_who_has_no_name_is_known_by_account(self, browser: httpx.Client, provider: OidcProvider) -> None:
        provider.person = {"sub": "u-17", "groups": ["热线"]}
        assert browser.get(BEGIN).json()["name"] == "u-17"


class TestToken:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"nonce": "another"},
            {"nonce": None},
            {"aud": "another"},
            {"aud": "another", "azp": CLIENT_ID},
            {"aud": ["another"], "azp": CLIENT_ID},
            {"aud": [CLIENT_ID], "azp": "another"},
            {"aud": None},
            {"iss": "https://evil.example"},
            {"iss": None},
            {"exp": int(time.time()) - 600},
            {"exp": None},
            {"nbf": int(time.time()) + 600},
            {"sub": None},
        ],
    )
    def test_one_that_is_not_meant_for_this_sign_in_is_refused(
        self, browser: httpx.Client, provider: OidcProvider, wrong: Claims
    ) -> None:
        provider.alter = lambda claims: {name: value for name, value in (claims | wrong).items() if value is not None}
        assert_refused(browser.get(BEGIN), 401, "统一登录没有通过")
        assert browser.get("/v1/session").json() == NOBODY

    def test_one_that_another_key_signed_is_refused(self, browser: httpx.Client, provider: OidcProvider) -> None:
        provider.key = OTHER_KEY
        assert_refused(browser.get(BEGIN), 401, "统一登录没有通过")

    @pytest.mark.parametrize("algorithm", ["HS256", "none"])
    def test_one_that_anybody_could_have_signed_is_refused_even_if_the_provider_offers_that(
        self, browser: httpx.Client, provider: OidcProvider, algorithm: str
    ) -> None:
        provider.forge = partial(provider.forged, algorithm)
        assert_refused(browser.get(BEGIN), 401, "统一登录没有通过")

    def test_a_new_key_of_the_provider_is_fetched(self, browser: httpx.Client, provider: OidcProvider) -> None:
        assert browser.get(BEGIN).json() == WANG
        provider.published = RSAKey.generate_key(2048, {"kid": "two"})
        assert browser.get(BEGIN).json() == WANG

    def test_an_answer_without_one_is_refused(self, browser: httpx.Client, provider: OidcProvider) -> None:
        provider.statuses = {"/token": 200}
        assert_refused(browser.get(BEGIN), 401, "统一登录没有通过")


class TestWayBack:
    def test_who_did_not_set_out_from_here_is_refused(self, browser: httpx.Client) -> None:
        for query in ("", "?code=x", "?code=x&state=y", "?error=access_denied&state=y"):
            assert_refused(browser.get(CALLBACK + query), 400, "不是从这里开始的")

    def test_another_browser_cannot_come_back_instead(
        self, browser: httpx.Client, site: str, provider: OidcProvider
    ) -> None:
        begun = browser.get(BEGIN, follow_redirects=False)
        back = httpx.get(begun.headers["Location"]).headers["Location"]
        with httpx.Client(base_url=site) as other:
            other.get(BEGIN)
            assert_refused(other.get(back), 400, "不是从这里开始的")
        assert browser.get(back).json() == WANG

    def test_a_way_that_is_forged_or_too_old_is_none(self, browser: httpx.Client, provider: OidcProvider) -> None:
        data = {"redirect_uri": f"{browser.base_url}{CALLBACK}", "target": "/", "code_verifier": "v", "nonce": "n"}
        began = {"_state_policyqa_s": {"data": data, "exp": time.time() + 60}}
        for cookie in (
            signed(began, BEGUN_COOKIE, secret="x" * 32),
            signed(began, BEGUN_COOKIE, age_s=BEGUN_S + 1),
            signed(began, SESSION_COOKIE),
        ):
            answered = browser.get(f"{CALLBACK}?code=c&state=s", headers={"Cookie": f"{BEGUN_COOKIE}={cookie}"})
            assert_refused(answered, 400, "不是从这里开始的")
        assert provider.tokens == []

    def test_a_code_counts_once(self, browser: httpx.Client) -> None:
        begun = browser.get(BEGIN, follow_redirects=False)
        way = {"Cookie": f"{BEGUN_COOKIE}={begun.cookies[BEGUN_COOKIE]}"}
        back = httpx.get(begun.headers["Location"]).headers["Location"]
        assert httpx.get(back, headers=way).status_code == 303
        assert_refused(httpx.get(back, headers=way), 401, "统一登录没有通过")

    def test_who_is_refused_at_the_provider_is_told_so_without_its_words(self, browser: httpx.Client) -> None:
        begun = browser.get(BEGIN, follow_redirects=False)
        state = httpx.URL(begun.headers["Location"]).params["state"]
        said = {"state": state, "error": "access_denied", "error_description": "<script>evil</script>"}
        answered = browser.get(CALLBACK, params=said)
        assert_refused(answered, 401, "统一登录没有通过")
        assert "evil" not in answered.text


class TestSession:
    @pytest.mark.parametrize(
        "cookie",
        [
            signed(SESSION, age_s=SESSION_S + 1),
            signed(SESSION, secret="y" * 32),
            signed(SESSION, cookie=BEGUN_COOKIE),
            signed(SESSION).replace(".", "x.", 1),
            "x",
        ],
        ids=["too old", "another secret", "of the way", "changed", "nonsense"],
    )
    def test_one_that_is_too_old_or_forged_is_none(self, fresh: Callable[..., TestClient], cookie: str) -> None:
        client = fresh()
        assert client.get("/v1/session", headers=in_session(cookie)).json() == NOBODY
        assert_error(client.get("/v1/evaluation", headers=in_session(cookie)), 401, "unauthorized")

    def test_it_lasts_a_working_day(self, fresh: Callable[..., TestClient]) -> None:
        assert fresh().get("/v1/session", headers=in_session(signed(SESSION, age_s=SESSION_S - 60))).json() == WANG

    def test_keys_go_before_it_that_of_the_header_first(
        self, fresh: Callable[..., TestClient], own_settings: Settings
    ) -> None:
        client, session = fresh(), signed(SESSION)
        with closing(Store(own_settings.store)) as store:
            header, cookie = (store.keys.add(name, "operator", "管理员", NOW) for name in ("甲", "乙"))
        both = {"Cookie": f"{SESSION_COOKIE}={session}; {COOKIE}={cookie}"}
        assert client.get("/v1/session", headers={**both, "Authorization": f"Bearer {header}"}).json()["name"] == "甲"
        assert client.get("/v1/session", headers=both).json()["name"] == "乙"
        assert client.get("/v1/session", headers=in_session(session)).json() == WANG
        wrong = {**in_session(session), "Authorization": "Bearer pq_wrong"}
        assert_error(client.get("/v1/session", headers=wrong), 401, "unauthorized")

    def test_staff_stay_at_work_without_the_store_and_keys_do_not_count(
        self, fresh: Callable[..., TestClient], tmp_path: Path
    ) -> None:
        (tmp_path / "broken.db").write_bytes(b"no database" * 200)
        client = fresh(store_url=f"sqlite:///{tmp_path / 'broken.db'}")
        assert client.get("/v1/session", headers=in_session(signed(SESSION))).json() == WANG
        assert_error(client.get("/v1/session", headers={"Authorization": "Bearer pq_any"}), 503, "store_unavailable")

    @pytest.mark.parametrize("endpoint", PROTECTED)
    def test_without_one_nothing_is_open_though_no_key_was_ever_made(
        self, browser: httpx.Client, site: str, endpoint: tuple[str, str]
    ) -> None:
        for headers in ({}, {"Authorization": "Bearer pq_any"}):
            method, path = endpoint
            assert_error(
                httpx.request(method, site + path.replace("{", "").replace("}", ""), headers=headers),
                401,
                "unauthorized",
            )


class TestProviderDown:
    @pytest.mark.parametrize(
        "fault",
        [
            {"statuses": {"/.well-known/openid-configuration": 500}},
            {"statuses": {"/.well-known/openid-configuration": 200}},
            {"discovery": {"issuer": "https://evil.example"}},
            {"discovery": {"authorization_endpoint": None}},
            {"discovery": {"jwks_uri": None}},
        ],
    )
    def test_setting_out_says_so_and_goes_on_when_it_is_back(
        self, fresh: Callable[..., TestClient], provider: OidcProvider, fault: dict[str, Any]
    ) -> None:
        client, whole = fresh(), dict(vars(provider))
        vars(provider).update(fault)
        for _ in range(2):
            assert_refused(client.get("/sign-in/oidc"), 503, "统一登录暂时用不了。 请稍后再试;也可以先用密钥登录。")
        vars(provider).update(whole)
        assert client.get("/sign-in/oidc").status_code == 303

    def test_nobody_there_leaves_keys_at_work(self, fresh: Callable[..., TestClient], own_settings: Settings) -> None:
        client = fresh(oidc_issuer="http://127.0.0.1:9")
        assert_refused(client.get("/sign-in/oidc"), 503, "统一登录暂时用不了")
        with closing(Store(own_settings.store)) as store:
            key = store.keys.add("甲", "agent", "管理员", NOW)
        assert client.get("/v1/session", headers={"Authorization": f"Bearer {key}"}).json()["role"] == "agent"

    @pytest.mark.parametrize(("path", "status"), [("/token", 500), ("/token", 503), ("/userinfo", 500)])
    def test_coming_back_says_so(self, browser: httpx.Client, provider: OidcProvider, path: str, status: int) -> None:
        provider.hidden, provider.statuses = ("groups",), {path: status}
        answered = browser.get(BEGIN)
        assert_refused(answered, 503, "统一登录暂时用不了")
        assert provider.issuer not in answered.text


def test_without_a_provider_there_is_nothing_of_it(client: TestClient) -> None:
    for path in ("/sign-in/oidc", CALLBACK):
        assert client.get(path).status_code == 404
    assert client.get("/v1/session", headers=in_session(signed(SESSION))).json()["oidc"] is False
