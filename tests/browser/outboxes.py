"""The outbox of a phone as we ship it, in a real browser, with a network that we hold in hand.

The script runs in a page of ours, with the browser's own database and the browser's own keys; only
`fetch` is ours. So a test says what becomes of each sending, and can end the page in the middle of
one, as a phone does whose battery is empty.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page

from edu.pages.assets import FOLDER

#: What becomes of a sending: its answer came; it came in and the answer was lost; nothing came in;
#: a café's sign-in page answered; it came in and the phone went out.
ANSWERED, UNANSWERED, LOST, STRANGE, OUT = "answered", "unanswered", "lost", "strange", "out"
_PARTS = ("store", "seal", "outbox", "send")
_NETWORK = """
let goesOut;
window.fetch = async function (path, asked) {
  const [fate, word] = await window.network(path, asked.body);
  const told = { status: 204, headers: { Outbox: word } };
  if (fate === "answered") { return new Response(null, told); }
  if (fate === "strange") { return new Response("<p>Sign in</p>", { status: 200 }); }
  if (fate === "out") { goesOut(); return new Promise(function () {}); }
  throw new TypeError("no network");
};
window.phone = { outbox: outbox, store: store, goesOut: function (deed) { goesOut = deed; } };
"""
_WRITE = """([way, path, body, place]) =>
  phone.outbox.put({ way: way, path: path, body: body }, place).then(() => null)"""


@dataclass
class BrowserOutbox:
    """One phone's outbox. `server` gets what comes in and says what became of it; `fates` are what
    becomes of the next sendings."""

    page: Page
    server: Callable[[str, str], str]
    fates: list[str] = field(default_factory=list)
    #: Sendings that came in, in their order.
    came: list[tuple[str, str]] = field(default_factory=list)
    #: What the phone has heard of each, in its order.
    heard: list[str] = field(default_factory=list)
    is_out: bool = False

    def write(self, way: str, path: str, body: str) -> None:
        """Something is finished while there is no network."""
        self.page.evaluate(_WRITE, [way, path, body, path])

    def send(self) -> None:
        """There is a network for a while."""
        sending = (
            "() => Promise.race([phone.outbox.flush(), new Promise(y => { phone.goesOut(y); })])"
        )
        self.is_out = False
        self.page.evaluate(sending)
        if self.is_out:
            self.starts()

    def starts(self) -> None:
        """The phone is switched on, after it went out or for the first time."""
        self.page.reload()
        script = "\n".join((FOLDER / "worker" / f"{each}.js").read_text("utf-8") for each in _PARTS)
        self.page.evaluate(f"() => {{ {script}\n{_NETWORK} }}")

    def empties(self) -> None:
        """The phone of somebody new."""
        self.page.evaluate("() => phone.store.clear()")
        self.came.clear()
        self.heard.clear()

    @property
    def waiting(self) -> int:
        found: int = self.page.evaluate("() => phone.store.count()")
        return found

    @property
    def notices(self) -> dict[str, int]:
        """What became of forms that were not kept."""
        found: dict[str, int] = self.page.evaluate("() => phone.store.sign('notices')")
        return found or {}

    def comes(self, path: str, body: str) -> list[str]:
        """One sending."""
        fate = self.fates.pop(0) if self.fates else LOST
        if fate in (LOST, STRANGE):
            return [fate, ""]
        self.came.append((path, body))
        word = self.server(path, body)
        self.is_out = fate == OUT
        self.heard += [word] if fate == ANSWERED else []
        return [fate, word]


@contextmanager
def browser_outbox(
    browser: Browser, server: Callable[[str, str], str] = lambda path, body: ""
) -> Iterator[BrowserOutbox]:
    """A phone of its own, with nothing in its outbox."""
    context = browser.new_context()
    context.route("**", lambda route: route.fulfill(content_type="text/html", body="<p>A page"))
    page = context.new_page()
    phone = BrowserOutbox(page, server)
    page.expose_function("network", phone.comes)
    page.goto("http://127.0.0.1:9/")
    phone.starts()
    try:
        yield phone
    finally:
        context.close()
