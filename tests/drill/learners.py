"""The learner's way over HTTP: a card, questions before, lessons, questions after."""

import random
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.drill.clients import Answer, Phone
from tests.drill.records import Recorder

#: The tiny instruments: what may be ticked, beside nothing at all.
ITEMS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "feelings": dict.fromkeys(("contact-1", "contact-2", "hope-1", "hope-2"), ("1", "2", "3")),
    "facts": dict.fromkeys(("k1", "k2"), ("a", "b")),
}
_WORDS = ("I greeted a neighbour.", "Tulizungumza.", "كيف الحال؟", "வணக்கம்", "Nothing yet 🙂")
LESSONS = (("m0", 1), ("m1", 1), ("m1", 2))

#: Sends one form of a learner; a drill may put another in its place, to send it several times.
Send = Callable[[Phone, str, Mapping[str, str]], Answer]


def send_once(phone: Phone, path: str, form: Mapping[str, str]) -> Answer:
    """One form, again only when no answer came."""
    return phone.post(path, form)


@dataclass
class Walker:
    """Somebody who learns; everything she does is recorded. `chance` makes her answers."""

    phone: Phone
    recorder: Recorder
    chance: random.Random
    join_code: str = ""
    send: Send = send_once
    #: The key of her first form: her name in the record.
    key: str = ""
    code: str = ""
    #: What went otherwise than a learner may expect.
    astray: list[str] = field(default_factory=list)

    def walk(self) -> None:
        """The whole way, to its end."""
        self.start()
        self.answer("before")
        self.read()
        self.answer("after")

    def start(self) -> None:
        """Agree to take part, alone or in the group, and get a card."""
        path = f"/en/join/{self.join_code}" if self.join_code else "/en/start/m1"
        self.key = self.phone.get(path).hidden("key") or secrets.token_urlsafe(24)
        self.recorder.sends(self.key, "card")
        answer = self.send(self.phone, path, {"key": self.key, "agree": "yes"})
        self.code = "".join(re.findall(r"<span>(\d{4})</span>", answer.text))
        if self.code:
            self.recorder.kept(self.key, "card", code=self.code)
        else:
            self.astray.append(f"no card: {answer.status}")

    def answer(self, wave: str) -> None:
        """Every questionnaire of a wave."""
        for instrument in ITEMS:
            self.fill_in(wave, instrument, self.ticks(instrument))
        if wave == "after" and self.join_code:
            self.fill_in(wave, "openly", {"words": self.chance.choice(_WORDS)})

    def fill_in(self, wave: str, instrument: str, ticked: Mapping[str, str]) -> Answer:
        """One questionnaire."""
        path = f"/en/questions/{wave}/{instrument}"
        key = self.phone.get(path).hidden("key") or secrets.token_urlsafe(24)
        form = {"key": key, "do": "submit", **ticked}
        told = {"wave": wave, "instrument": instrument, "answers": dict(ticked)}
        self.recorder.sends(self.key, "answers", **told)
        answer = self.send(self.phone, path, form)
        if "?saved" in answer.headers.get("Location", ""):
            self.recorder.kept(self.key, "answers", **told)
        else:
            self.astray.append(f"{wave} {instrument}: {answer.status} {answer.headers}")
        return answer

    def read(self) -> None:
        """Finish all lessons."""
        for module, number in LESSONS:
            lesson = f"{module}.{number}"
            self.recorder.sends(self.key, "lesson", lesson=lesson)
            answer = self.send(self.phone, f"/en/{module}/{number}/done", {})
            if answer.kept:
                self.recorder.kept(self.key, "lesson", lesson=lesson)
            else:
                self.astray.append(f"{lesson}: {answer.status}")

    def come_back(self) -> Answer:
        """Type the card's number."""
        return self.phone.post("/en/return", {"code": self.code})

    def ticks(self, instrument: str) -> dict[str, str]:
        """Some answers to a questionnaire; some are left out."""
        ticked = {}
        for item, codes in ITEMS[instrument].items():
            choice = self.chance.choice([*codes, *codes, *codes, "?", "!", ""])
            if choice:
                ticked[item] = choice
        return ticked
