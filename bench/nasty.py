"""Values, addresses and headers that programs have stumbled over."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

MARK = "<script>pq(1)</script>"
"""In many requests; must never come back in a page as it is."""

BODIES: Mapping[str, dict[str, Any]] = {
    "/v1/ask": {
        "question": "第2条由谁牵头?",
        "history": [{"role": "user", "content": "越南设厂找谁"}, {"role": "assistant", "content": "区服务发展办"}],
        "notice": "hongkou-2025",
        "language": "zh",
    },
    "/v1/ask/stream": {"question": "工商局管什么?", "history": []},
    "/v1/assist": {"text": "市民来电,想去越南设厂,不知找谁。", "ticket_id": "T-1", "notice": "hongkou-2025"},
    "/v1/feedback": {"trace_id": "a" * 32, "verdict": "edited", "correct_sources": ["hongkou-2025/M2"], "text": "改"},
    "/v1/candidates/1": {"decision": "reject", "who": "审核员", "sources": ["M2"], "reason": "不对"},
    "/v1/chat/completions": {"model": "policyqa", "messages": [{"role": "user", "content": "第2条由谁牵头?"}]},
}
STRINGS = (
    *("", " ", "\0", "a\0b", "\ud800", "\udfff\ud800", "\ufffe", "\u202e倒过来\u202c", "\u200b\u200d\u2060", "\ufeff"),
    *(
        "Z" + "\u0301" * 500,
        "﷽" * 50,
        "👨‍👩‍👧‍👦" * 50,
        "1" * 400,
        "问" * 2000,
        "第" + "9" * 300 + "条",
        "\x1b[2J",
        "\r\nX-Injected: 1",
    ),
    *(
        MARK,
        '"><img src=x onerror=pq(1)>',
        "javascript:pq(1)",
        "'; DROP TABLE exchanges; --",
        "${jndi:ldap://x}",
        "{{7*7}}",
    ),
    *("../../../../etc/passwd", "%s%s%n", "NaN", "__proto__", "T̶̢̛h̷e̴", "ａｂｃ", "ﬀ", "𝟗𝟗", "\u1160" * 30, "(" * 800),
)
VALUES: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    1e308,
    10**400,
    [],
    {},
    [None] * 50,
    {"$ne": None},
    {"question": {}},
    float("nan"),
)
TRAVERSALS = (
    *("../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/%2e%2e/etc/passwd", "..%5c..%5cboot.ini"),
    *(
        "%252e%252e%252fetc%252fpasswd",
        "....//....//etc/passwd",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "file:///etc/passwd",
    ),
    *(
        "hongkou-2025%00",
        "%00",
        ".",
        "..",
        "hongkou-2025%2f..%2f..",
        "%c0%ae%c0%ae%c0%afetc",
        "CON",
        "~root",
        "%0d%0aX-Injected:%201",
    ),
    *("x" * 5000, quote(MARK), "%ff%fe", "%", "%zz", "hongkou-2025;id", "*", "%E2%80%AE", "..%00/data/store.db"),
)
ROUTES = (
    *("GET /v1/notices/{}", "GET /v1/notices/{}/changes", "DELETE /v1/notices/{}", "GET /v1/measures/{}/M1"),
    *("GET /v1/measures/hongkou-2025/{}", "GET /v1/departments/{}", "GET /v1/batches/{}", "GET /v1/batches/{}/answers"),
    *(
        "POST /v1/candidates/{}",
        "GET /v1/{}",
        "GET /notices/{}/M1",
        "GET /notices/hongkou-2025/{}",
        "GET /departments/{}",
    ),
    *("GET /en/departments/{}", "GET /pq/{}", "GET /gradio_api/file={}", "GET /assets/{}", "GET /static/{}", "GET /{}"),
    *("GET /v1/notices/hongkou-2025/changes?since={}", "GET /v1/measures?notice={}"),
)
QUERIES = (
    *("/v1/measures?q={}", "/v1/measures?department={}", "/v1/departments?region={}", "/catalogue?department={}"),
    *(
        "/notices/hongkou-2025/M2?quote={}",
        "/?q={}",
        "/sign-in?next={}",
        "/v1/figures?days={}",
        "/map?x={}",
        "/en/?q={}",
    ),
)
METHODS = (
    b"GET",
    b"HEAD",
    b"POST",
    b"PUT",
    b"PATCH",
    b"DELETE",
    b"OPTIONS",
    b"TRACE",
    b"CONNECT",
    b"BREW",
    b"get",
    b"P\xffST",
)
PATHS = (
    *BODIES,
    "/v1/measures",
    "/v1/notices/preview",
    "/v1/session",
    "/v1/models",
    "/healthz",
    "/metrics",
    "/",
    "/catalogue",
)
TYPES = (
    "text/plain",
    "application/xml",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "application/json; charset=utf-16",
    "application/json; charset=\x01",
    "",
    "a/b/c",
)
HEADERS = (
    "X-Request-ID",
    "Host",
    "Cookie",
    "Authorization",
    "Origin",
    "X-Forwarded-For",
    "X-Forwarded-Proto",
    "Accept",
    "Accept-Language",
    "Range",
    "Content-Type",
    "Referer",
    "X-Forwarded-Host",
    "Upgrade",
    "Expect",
)
