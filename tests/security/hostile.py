"""Addresses that lead elsewhere, made from what browsers and parsers are known to read leniently;
and headers with which somebody tries to leave words in a shared cache."""

from itertools import product
from urllib.parse import quote, urljoin, urlsplit

#: A host that is never ours.
ELSEWHERE = "elsewhere.example"

_SCHEMES = ("http:", "https:", "HTTPS:", "ftp:", "javascript:", "data:text/html,", "ws:", "")
_SLASHES = (
    "//",
    "///",
    "////",
    "/\\",
    "\\\\",
    "\\/",
    "/\t/",
    "/\n/",
    "/\r/",
    "\t//",
    " //",
    "/%09/",
)
_NAMES = (
    ELSEWHERE,
    f"localhost@{ELSEWHERE}",
    f"localhost:80@{ELSEWHERE}",
    f"{ELSEWHERE}%2f..",
    f"{ELSEWHERE}#localhost",
    f"{ELSEWHERE}?localhost",
    f"localhost.{ELSEWHERE}",
    f"{ELSEWHERE}.",
)


def leading_away() -> list[str]:
    """Values that lead to another site wherever a program redirects to them carelessly."""
    made = ["".join(parts) for parts in product(_SCHEMES, _SLASHES, _NAMES)]
    further = [
        f"/en/..//{ELSEWHERE}",
        f"/en/%2e%2e//{ELSEWHERE}",
        f"//{ELSEWHERE}/%2f..",
        f"/%0d%0aLocation:%20http://{ELSEWHERE}",
        f"x\r\nLocation: http://{ELSEWHERE}",
        f"javascript:location='//{ELSEWHERE}'",
        f"\x01//{ELSEWHERE}",
        f"\u2028//{ELSEWHERE}",
        f"\uff0f\uff0f{ELSEWHERE}",
        "//3221226219",
        "//[2001:db8::1]/",
        "//0300.0000.0002.0153/",
    ]
    return sorted({*made, *further, *(quote(value, safe="") for value in (*made[::9], *further))})


def leads_away(location: str, base: str) -> bool:
    """Whether a browser that is sent here would leave this site. As browsers do, tabs and line
    breaks count for nothing and a backslash is a slash."""
    seen = location.strip("".join(map(chr, range(33))))
    seen = "".join(letter for letter in seen if letter not in "\t\r\n").replace("\\", "/")
    if seen.startswith("//"):
        seen = "//" + seen.lstrip("/")
    target, ours = urlsplit(urljoin(base, seen)), urlsplit(base)
    return (target.scheme, target.netloc) != (ours.scheme, ours.netloc)


#: A word that is nowhere in the program: who finds it in a page has found a header of somebody's.
MARK = "harmful7913"


def poisoning() -> list[dict[str, str]]:
    """Headers, each of which some program somewhere takes at its word."""
    host = f"{MARK}.example"
    hosts = [
        host,
        f"localhost@{host}",
        f"localhost:{MARK}",
        f"localhost.{host}",
        f"{host}:80",
        "x y",
    ]
    named_hosts = [
        "X-Forwarded-Host",
        "X-Host",
        "X-Original-Host",
        "X-Forwarded-Server",
        "X-HTTP-Host-Override",
        "X-Backend-Host",
        "Forwarded-Host",
        "X-Rewrite-Host",
    ]
    paths = [
        "X-Original-URL",
        "X-Rewrite-URL",
        "X-Forwarded-Prefix",
        "X-Script-Name",
        "X-Forwarded-Path",
    ]
    people = [
        "X-Forwarded-For",
        "X-Real-IP",
        "X-Client-IP",
        "True-Client-IP",
        "CF-Connecting-IP",
        "X-Remote-User",
        "X-User-ID",
        "Remote-User",
        "X-Forwarded-User",
        "Via",
        "X-Cluster-Client-IP",
        "X-Originating-IP",
    ]
    methods = ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")
    schemes = ("X-Forwarded-Proto", "X-Forwarded-Scheme", "X-Forwarded-Port", "Front-End-Https")
    plain = [
        "User-Agent",
        "Referer",
        "Origin",
        "From",
        "Accept",
        "Accept-Charset",
        "X-Requested-With",
        "Pragma",
    ]
    languages = ["ar", "sw-KE, ar;q=0.9", MARK, "*", "sw;q=2", "-", ",,,", "en;q=0, ar"]
    cookies = [
        "sid",
        "staff",
        "staff_form",
        "once",
        "session",
        "__Host-sid",
        "__Host-staff",
        "lang",
    ]
    made = [{"Host": each} for each in hosts]
    made += [{name: each} for name in named_hosts for each in hosts[:2]]
    made += [{name: each} for name in paths for each in (f"/{MARK}", "/en/staff", f"//{host}/")]
    made += [{name: MARK} for name in people]
    made += [{name: each} for name in methods for each in ("POST", "DELETE")]
    made += [{name: each} for name in schemes for each in ("https", MARK)]
    made += [{"Forwarded": f"for={MARK};host={host};proto=https"}, {"Forwarded": f"host={host}"}]
    made += [{name: f"http://{host}/"} for name in plain]
    made += [{"Accept-Language": each} for each in languages]
    made += [{"Cookie": f"{name}={MARK}"} for name in cookies]
    made += [{"Accept-Encoding": each} for each in ("gzip", "br", MARK, "identity;q=0, *;q=0")]
    made += [{"Range": "bytes=0-9"}, {"If-None-Match": "*"}, {"If-Modified-Since": MARK}]
    made += [{"Content-Type": MARK}, {"Expect": MARK}, {"Upgrade": MARK}, {"TE": MARK}]
    made += [{"DNT": "1"}, {"Save-Data": "on"}, {"Sec-Fetch-Dest": MARK}, {"Sec-CH-UA": MARK}]
    made += [{"Authorization": f"Bearer {MARK}"}, {"Cache-Control": "max-stale"}]
    made += [{"X-Forwarded-Host": host, "X-Forwarded-Proto": MARK}, {"Transfer-Encoding": MARK}]
    return made
