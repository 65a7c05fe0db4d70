"""A page of ours as one file: it opens from a memory card, without a network and without a server.

Styles, pictures and recordings are put into it. What leads elsewhere on this server is left out,
because it would lead nowhere; only its words stay. Last, the file itself forbids every request.
"""

import base64
import hashlib
import re
from collections.abc import Callable
from pathlib import PurePosixPath

from edu.pages.serve import TYPES

#: The bytes behind an address of this server; None where there are none.
Find = Callable[[str], bytes | None]

_STYLES = re.compile(r'<link rel="stylesheet" href="(/[^"]*)">')
_HEADER = re.compile(r'<header class="top">.*?</header>\n?', re.DOTALL)
_ABOUT = re.compile(r"(<footer>.*?)<nav\b.*?</nav>(.*?</footer>)", re.DOTALL)
#: Ways out that are nothing without where they lead.
_WAYS = re.compile(
    r'<p class="crumb">.*?</p>\n?|<a class="button[^"]*" href="/[^"]*"[^>]*>.*?</a>', re.DOTALL
)
_LINK = re.compile(r'<a\b([^>]*?) href="/[^"]*"([^>]*)>(.*?)</a>', re.DOTALL)
_OTHER_LANGUAGE = re.compile(r' hreflang="[^"]*"')
_MEDIA = re.compile(r' (src|poster)="(/[^"]*)"')
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def one_file(page: str, find: Find, told: str) -> str:
    """The page as one file; `told` is a line of HTML in which it says where it is from. Our own
    renderer writes every angle bracket and quotation mark of a text as an entity, so only real
    tags are met here."""
    page = _STYLES.sub(lambda link: _style(find(link[1])), page)
    page = _HEADER.sub("", page)
    page = _ABOUT.sub(lambda footer: f"{footer[1]}{told}{footer[2]}", page)
    page = _WAYS.sub("", page)
    page = _LINK.sub(lambda a: f"<span{_OTHER_LANGUAGE.sub('', a[1] + a[2])}>{a[3]}</span>", page)
    page = _MEDIA.sub(lambda media: _within(media[1], media[2], find), page)
    rule = f'<meta http-equiv="Content-Security-Policy" content="{_policy(page)}">'
    return page.replace('<meta charset="utf-8">', f'<meta charset="utf-8">\n{rule}', 1)


def _style(body: bytes | None) -> str:
    return f"<style>{body.decode()}</style>" if body is not None else ""


def _within(name: str, address: str, find: Find) -> str:
    """The attribute with the file itself; nothing of what is not there."""
    body = find(address)
    if body is None:
        return ""
    kind = TYPES.get(PurePosixPath(address).suffix, "application/octet-stream").replace(" ", "")
    return f' {name}="data:{kind};base64,{base64.b64encode(body).decode()}"'


def _policy(page: str) -> str:
    styles, scripts = _digests(_STYLE, page), _digests(_SCRIPT, page)
    return (
        f"default-src 'none'; script-src {scripts}; style-src {styles}; "
        "img-src data:; media-src data:; form-action 'none'; base-uri 'none'"
    )


def _digests(piece: re.Pattern[str], page: str) -> str:
    found = [hashlib.sha256(each.encode()).digest() for each in piece.findall(page)]
    return " ".join(f"'sha256-{base64.b64encode(each).decode()}'" for each in found) or "'none'"
