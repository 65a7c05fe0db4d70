"""A phone without a network: it visits the application in this process."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Flask
from flask.testing import FlaskClient

from tests.drill.clients import Answer, Phone, Tally
from tests.people import OURS


@dataclass
class Visitor(Phone):
    """The same as a phone, answered by the application itself."""

    tally: Tally = field(default_factory=lambda: Tally(0))
    app: Flask = field(kw_only=True)
    browser: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        self.browser = self.app.test_client()

    def once(self, method: str, path: str, form: Mapping[str, object] | None = None) -> Answer:
        """One request, without following where it leads."""
        headers = OURS if form is not None else None
        where = {"REMOTE_ADDR": self.address}
        answer = self.browser.open(
            path, method=method, data=form, headers=headers, environ_overrides=where
        )
        return Answer(answer.status_code, dict(answer.headers), answer.text)
