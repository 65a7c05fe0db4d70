"""Ways to another house and back."""

import html
import re

from werkzeug.test import TestResponse

from tests.oidc_provider import OtherHouse
from tests.people import PASSWORD, StaffPerson

GO = "/en/staff/sign-in/elsewhere"
LINK = "/en/staff/account/elsewhere"


def comes_back(person: StaffPerson, there: OtherHouse, way: str) -> TestResponse:
    """Sign in there, and come back; where that leads is not followed."""
    return person.browser.get(there.signs_in(way))


def goes(person: StaffPerson, address: str = GO) -> str:
    """Where the other house is, for this person."""
    answer = person.browser.get(address)
    assert answer.status_code == 303
    return answer.headers["Location"]


def enters(person: StaffPerson, there: OtherHouse) -> TestResponse:
    """Sign in with the account there, to the end."""
    on = comes_back(person, there, goes(person)).headers["Location"]
    page = person.opens(on)
    if "csrf_token" not in page.text:
        return page
    return person.fills(on, follow=False)


def links(person: StaffPerson, there: OtherHouse) -> TestResponse:
    """Link one's account with the one there."""
    page = person.fills(LINK, now=PASSWORD)
    found = re.search(r'href="(http://127[^"]+)"', page.text)
    assert found is not None, page.text
    on = comes_back(person, there, html.unescape(found[1])).headers["Location"]
    return person.fills(on, follow=False)
