"""The headers on every answer, finished page or not."""

from collections.abc import Sequence

from edu.pages.assets import script_digests

#: What a page may never ask a phone for: nothing here needs it, and an attacker might.
_NEVER = (
    *("accelerometer", "bluetooth", "browsing-topics", "camera", "display-capture", "geolocation"),
    *("gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi"),
    *("payment", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
)


def policy(scripts: Sequence[str], *, asks: bool = True) -> str:
    """The Content-Security-Policy of a page in which the scripts with these digests may run.
    `asks` says whether they fetch anything, or keep pages on a phone."""
    return (
        f"default-src 'none'; script-src {' '.join(scripts) or NONE}; style-src 'self'; "
        # The empty icon in every page is `data:`: it spares slow phones a request for none.
        "img-src 'self' data:; media-src 'self'; "
        f"{_ASKING if asks else ''}form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


_ASKING = "connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
NONE = "'none'"
_EMBEDDER = "Cross-Origin-Embedder-Policy"
#: Nothing from anywhere else is ever loaded, framed or told where a reader came from.
SECURITY = (
    ("Content-Security-Policy", policy(script_digests())),
    # Not no-referrer: with it browsers send `Origin: null` with our own forms, and over plain
    # HTTP nothing is left that tells our forms from a stranger's.
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    (_EMBEDDER, "require-corp"),
    ("Permissions-Policy", ", ".join(f"{feature}=()" for feature in _NEVER)),
)

#: On finished pages, which are read on slow phones and can fetch nothing: what would tell phones
#: apart could go nowhere. What a browser might use in sight of others stays off in so many words.
FINISHED = (
    # Their policy lets them load nothing from elsewhere, so they need not be forbidden to.
    *(each for each in SECURITY[1:] if each[0] not in ("Permissions-Policy", _EMBEDDER)),
    ("Permissions-Policy", "browsing-topics=(), camera=(), geolocation=(), microphone=()"),
)

_POLICY = dict(SECURITY)["Content-Security-Policy"]
#: Instead of those, on a page that shows another page of ours in a frame, and on that one: how a
#: lesson will look, beside the desk on which it is written.
FRAMING = {"Content-Security-Policy": f"{_POLICY}; frame-src 'self'"}
FRAMED = {
    "Content-Security-Policy": _POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'"),
    "X-Frame-Options": "SAMEORIGIN",
}

#: `Permissions-Policy` of the one page on which a translator records her voice.
MICROPHONE = dict(SECURITY)["Permissions-Policy"].replace("microphone=()", "microphone=(self)")

#: Added when the connection is encrypted; over plain HTTP browsers must ignore it.
ONLY_ENCRYPTED = ("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
