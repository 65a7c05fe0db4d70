"""A new group is made once, however often its form is sent."""

import re
from functools import partial

from flask import Flask
from sqlalchemy import select

from edu.groups.models import Group
from tests.partner.desk_world import together
from tests.people import People, fields_of
from tests.planner.planned import makes_programme

NEW = "/en/staff/groups/new"


def test_a_form_for_a_group_sent_twice_makes_one_and_leads_to_it(
    house: Flask, people: People
) -> None:
    tendai = people.tendai
    hidden = fields_of(tendai.opens(NEW)).hidden
    form = {"name": "Tuesday ", "place": "", "tags": ["en"], "modules": ["m1"], **hidden}
    send = partial(tendai.sends, NEW, False, **form)
    answers = [*together(send, send), send()]
    assert [each.status_code for each in answers] == [303] * 3
    assert len({each.headers["Location"] for each in answers}) == 1
    # Another name from the same page is another group, and so is the same name on a new page.
    assert tendai.sends(NEW, False, **(form | {"name": "Friday"})).status_code == 303
    tendai.makes_group("Tuesday", seen=fields_of(tendai.opens(NEW)).hidden["seen"])
    with house.extensions["database"].session(reading=True) as session:
        names = session.scalars(select(Group.name).order_by(Group.id)).all()
    assert names == ["Tuesday", "Friday", "Tuesday"]


def test_a_group_made_from_a_programmes_page_is_of_it_and_in_an_emergency_of_its_track(
    people: People,
) -> None:
    ruth = people.ruth
    root = makes_programme(ruth)
    way = f"{NEW}?programme={root.rpartition('/')[2]}"
    assert f'href="{way}"' in ruth.opens(root).text
    assert chosen(ruth.opens(way).text) == ["Winter"]
    assert chosen(ruth.opens(f"{NEW}?programme=999").text) == []
    ruth.fills(f"{root}/emergency", reason="flood")
    assert [each[:9] for each in chosen(ruth.opens(way).text)] == ["Emergency", "Winter"]


def chosen(page: str) -> list[str]:
    """What is chosen beforehand in the menus of a page, but for what means nothing."""
    found = re.findall(r'<option selected value="([^"]+)">([^<]+)', page)
    return [label for value, label in found if value in ("emergency", "1")]
