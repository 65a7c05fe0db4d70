"""Words that try to become a program or to call another host, built from families.

Each calls `fire()` when it runs, or asks 127.0.0.1 for something; nothing here does harm.
"""

from collections.abc import Iterator

ELSEWHERE = "127.0.0.1:8199/p.png"

_TAGS = (
    "img",
    "svg",
    "video",
    "audio",
    "iframe",
    "body",
    "input",
    "details",
    "object",
    "embed",
    "a",
    "form",
    "button",
    "select",
    "textarea",
    "math",
    "style",
    "marquee",
    "x",
)
_EVENTS = (
    "onload",
    "onerror",
    "onclick",
    "onmouseover",
    "onfocus",
    "ontoggle",
    "onanimationstart",
    "onpointerover",
)
_SHAPES = (
    '<{tag} src=x {event}="fire()">',
    "<{tag} src=x {event}='fire()'>",
    "<{tag}/src=x/{event}=fire()>",
    "<{tag}\tsrc=x\f{event}=fire()//",
    '<{tag} autofocus tabindex=1 open {event} = "&#102;ire()">',
    "</p><{upper} SRC=x {event}=fire()>",
)


def tags() -> Iterator[str]:
    for tag in _TAGS:
        for event in _EVENTS:
            for shape in _SHAPES:
                yield shape.format(tag=tag, upper=tag.upper(), event=event)


def scripts() -> Iterator[str]:
    yield from (
        "<script>fire()</script>",
        "<SCRIPT>fire()</SCRIPT>",
        "<scr<script>ipt>fire()</scr</script>ipt>",
        "<script/x>fire()</script>",
        "<script\n>fire()</script\n>",
        "<script>fire()",
        "<script src=//127.0.0.1:8199/x.js></script>",
        "<script src=data:,fire()></script>",
        "<svg><script>fire()</script></svg>",
        "<svg><script xlink:href=data:,fire() /></svg>",
        "<math><mtext><script>fire()</script></mtext></math>",
        "<noscript><p title='</noscript><img src=x onerror=fire()>'>",
        "<template><script>fire()</script></template>",
        "<iframe srcdoc='<script>parent.fire()</script>'></iframe>",
        "<iframe src=javascript:parent.fire()></iframe>",
        "<object data=data:text/html,<script>parent.fire()</script>></object>",
        "<embed src=data:image/svg+xml,<svg/onload=fire()>>",
        "<base href=//127.0.0.1:8199/>",
        "<meta http-equiv=refresh content='0;url=javascript:fire()'>",
        "<link rel=stylesheet href=//127.0.0.1:8199/x.css>",
        "<style>@import '//127.0.0.1:8199/x.css';</style>",
        "<div style='background:url(//127.0.0.1:8199/x.png)'>x</div>",
        "<form action=javascript:fire()><button>x</button></form>",
        "<button formaction=javascript:fire()>x</button>",
        "<a href=javascript:fire()>x</a>",
        "<svg><a xlink:href=javascript:fire()><text y=9>x</text></a></svg>",
        "<svg><animate onbegin=fire() attributeName=x dur=1s>",
        "<svg><set attributeName=onmouseover to=fire()>",
        "<isindex action=javascript:fire()>",
        "<table background=//127.0.0.1:8199/x.png>",
        "<video poster=//127.0.0.1:8199/x.png>",
    )


def breakouts() -> Iterator[str]:
    """An end of what the words may stand in, and then an element."""
    ends = (
        '">', "'>", "`>", "-->", "--!>", "]]>", "?>", "</title>", "</textarea>", "</style>",
        "</script>", "</noscript>", "</summary>", "</label>", "</p>", "</section>", "\\\">",
        "\u2028\">", '" ', "' ", "\n\n", "\\", "&quot;>", "&#34;>", "\0",
    )  # fmt: skip
    actions = (
        "<img src=x onerror=fire()>",
        "<svg/onload=fire()>",
        "<script>fire()</script>",
        "onmouseover=fire() x=",
        "style=position:fixed;inset:0 onmouseover=fire() ",
        "autofocus onfocus=fire() tabindex=0 ",
    )
    for end in ends:
        for action in actions:
            yield end + action


def schemes() -> Iterator[str]:
    """Addresses that run, in the ways in which they are hidden."""
    word = "javascript:fire()"
    yield from (
        word,
        word.upper().replace("FIRE", "fire"),
        "JaVaScRiPt:fire()",
        "java\tscript:fire()",
        "java\nscript:fire()",
        "java\rscript:fire()",
        "java&Tab;script:fire()",
        "java&NewLine;script:fire()",
        "java&#x0A;script:fire()",
        "javascript&colon;fire()",
        "javascript&#58;fire()",
        "javascript&#x3a;fire()",
        "javascript&#0000058fire()",
        "javascript%3afire()",
        "javascript\\:fire()",
        "java\\script:fire()",
        "javascript://127.0.0.1/%0afire()",
        "javascript:/*x*/fire()",
        "javascript:void(fire())",
        "javascript:`${fire()}`",
        "".join(f"&#{ord(sign)};" for sign in word),
        "".join(f"&#x{ord(sign):x};" for sign in word),
        "".join(f"&#{ord(sign):07d}" for sign in word),
        "".join(f"%{ord(sign):02x}" for sign in word),
        "".join(f"\\u{ord(sign):04x}" for sign in word),
        *(f"{sign}{word}" for sign in "\x01\x02\x08\x0b\x0c\x1f\x7f\u00a0\u2028\u2029\u200b\ufeff"),
        *(f"java{sign}script:fire()" for sign in "\x00\x01\u00ad\u200b\u200d\u2028\ufeff"),
        "ｊａｖａｓｃｒｉｐｔ:fire()",
        "javaſcript:fire()",
        "jаvascript:fire()",
        "javascript：fire()",
        "vbscript:fire()",
        "livescript:fire()",
        "data:text/html,<script>fire()</script>",
        "data:text/html;base64,PHNjcmlwdD5maXJlKCk8L3NjcmlwdD4=",
        "data:image/svg+xml,<svg onload=fire()>",
        "data:,x",
        "DATA:text/html,x",
        "view-source:javascript:fire()",
        "feed:javascript:fire()",
        "jar:javascript:fire()!/",
        "blob:null/x",
        "filesystem:null/x",
        "file:///etc/passwd",
        "intent://x#Intent;scheme=http;end",
        "about:blank",
        "mailto:x@127.0.0.1",
        "tel:0800111",
        "sms:0800111",
        "ftp://127.0.0.1/",
        "ws://127.0.0.1/",
        "chrome://settings",
        "https:javascript:fire()",
        "http:/\\/javascript:fire()",
        "https://",
        "https:// javascript:fire()",
        f"//{ELSEWHERE}",
        f"///{ELSEWHERE}",
        f"/\\{ELSEWHERE}",
        f"\\\\{ELSEWHERE}",
        f"http://{ELSEWHERE}",
        f"HTTPS://{ELSEWHERE}",
        f"https://m1.1@{ELSEWHERE}",
        f"media/../../{ELSEWHERE}",
        f"media//{ELSEWHERE}",
        "media/..%2f..%2fx.png",
        "media/x.png?y=javascript:fire()",
        "media/\"onerror=fire()",
        "m1.1\"onclick=fire()",
        "m1.1#javascript:fire()",
        "pages.x/../../..",
        "../../x",
        "?next=//127.0.0.1",
        "#x\" onclick=\"fire()",
    )  # fmt: skip


_FORMS = (
    "[x]({})",
    "[x](<{}>)",
    '[x]({} "t")',
    "![x]({})",
    "![x](<{}>)",
    "[![x](media/a.png)]({})",
    "[![x]({})](m1.1)",
    "<{}>",
    "[x][r]\n\n[r]: {}",
    "![x][r]\n\n[r]: <{}> 't'",
    "[x]: {}\n\n[x]",
    '[a](m1.1 "{}")',
    "**[x]({})**",
)


def links() -> Iterator[str]:
    for scheme in schemes():
        for form in _FORMS:
            yield form.format(scheme)


def markdown() -> Iterator[str]:
    """Tricks with the signs of Markdown itself."""
    yield from (
        '[x](m1.1 "a" onmouseover="fire()")',
        "[x](m1.1 'a\" onmouseover=\"fire()')",
        '![" onerror="fire()](media/a.png)',
        '![x](media/a.png "\\" onerror=\\"fire()")',
        "[<img src=x onerror=fire()>](m1.1)",
        "[x](m1.1\n'<script>fire()</script>')",
        "`<script>fire()</script>`",
        "```\"><script>fire()</script>\nx\n```",
        "```html onmouseover=fire()\n<img src=x onerror=fire()>\n```",
        "~~~ <svg onload=fire()>\nx\n~~~",
        "    <script>fire()</script>",
        "# <img src=x onerror=fire()> {#x onclick=fire()}",
        "| <img src=x onerror=fire()> | b |\n| :-- | --: |\n| [x](javascript:fire()) | ![x](//x) |",
        "| a |\n| :-:\" onclick=\"fire() |\n| b |",
        "> <script>fire()</script>\n> > [x](javascript:fire())",
        "- [ ] <img src=x onerror=fire()>\n- [x] [y](javascript:fire())",
        "::: idea safety=\"><script>fire()</script> T\nx\n:::",
        "::: do safety=x\"onmouseover=\"fire() <img src=x onerror=fire()>\nx\n:::",
        "::: reveal <img src=x onerror=fire()>\nx\n:::",
        "::: \"><script>fire()</script>\nx\n:::",
        "::: idea lang=\"><script>fire()</script>\nx\n:::",
        "x {onclick=fire()}",
        "[x]{onclick=fire()}",
        "<!-- --><script>fire()</script>",
        "<![CDATA[<script>fire()</script>]]>",
        "<?xml-stylesheet href='javascript:fire()'?>",
        "<!DOCTYPE html><script>fire()</script>",
        "&lt;script&gt;fire()&lt;/script&gt;",
        "&#60;script&#62;fire()&#60;/script&#62;",
        "&#x3c;img src=x onerror=fire()&#x3e;",
        "&amp;lt;script&amp;gt;fire()",
        "\\<script>fire()\\</script>",
        "\\\\<img src=x onerror=fire()>",
        "*<img src=x* onerror=fire()>*",
        "_[x](java_script:fire())_",
        "＜script＞fire()＜/script＞",
        "﹤img src=x onerror=fire()﹥",
        "‹script›fire()‹/script›",
        "+ADw-script+AD4-fire()+ADw-/script+AD4-",
        "<\u0338script>fire()</script>",
        "\u226escript>fire()",
        "<scr\u0000ipt>fire()</scr\u0000ipt>",
        "<img\u2028src=x\u2028onerror=fire()>",
        "\u202e<img src=x onerror=fire()>\u202c",
        "{{ fire() }}",
        "{% include '/etc/passwd' %}",
        "{{ ''.__class__.__mro__ }}",
        "${fire()}",
        "<%= fire() %>",
        "#{fire()}",
        "%(x)s %s %n {0.__class__}",
        "---\ntitle: <script>fire()</script>\n---",
        "\n---\n<script>fire()</script>\n---\n",
    )  # fmt: skip


def payloads() -> list[str]:
    """All of them, each once."""
    return list(dict.fromkeys([*tags(), *scripts(), *breakouts(), *links(), *markdown()]))
