"""Papers without cards: a few elements link them, a person decides where it is not certain, and the
key is destroyed on its day."""

import re
from datetime import date

from flask import Flask
from sqlalchemy import func, select, update

from edu.groups.models import Group
from edu.health.forgetting import forget_old
from edu.learning.linking.keys import destroy_ended
from edu.learning.linking.models import Certificate, ElementMac, Evidence, LinkKey
from edu.learning.paper.models import PaperRow, PaperSheet
from edu.partners.models import AuditEntry
from tests.paper.world import ELEMENTS, cells, contacts, journeys, kept, types
from tests.people import People, StaffPerson

AMINA = ("2", "0", "Za", "Am", "Ki", "Na")
OTIENO = ("0", "3", "Ro", "Ot", "Ki", "Mo")
#: Others of the group, so that it can be seen how much answers tell people apart.
CROWD = [
    ("1", "1", "Fa", "Be", "Ki", "Si"),
    ("3", "2", "Li", "Co", "Bu", "Ma"),
    ("4", "0", "Ha", "Da", "Ke", "El"),
    ("0", "1", "Ni", "Es", "Ku", "Tu"),
    ("5", "4", "Gr", "Fo", "Ny", "La"),
    ("2", "2", "Pe", "Gi", "Ho", "Wa"),
]


def who(*answers: str) -> dict[str, str]:
    """The elements of one paper as columns of the grid."""
    return {f"element.{name}": text for name, text in zip(ELEMENTS, answers, strict=True)}


def group_of(trainer: StaffPerson, **more: object) -> int:
    """A group that links by six elements, of which five must agree."""
    plan = {"linking": "elements", "elements": ELEMENTS, "ends_on": "2027-06-01"}
    return trainer.makes_group(modules=["m0"], **(plan | more))


def crowd(first: int) -> list[dict[str, str]]:
    return [cells(first + place, "2222", **who(*each)) for place, each in enumerate(CROWD)]


def count(house: Flask, table: type) -> int:
    with house.extensions["database"].session(reading=True) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def tally(trainer: StaffPerson, group: int, wave: str = "Questions after the lessons") -> list[str]:
    page = trainer.opens(f"/en/staff/groups/{group}").text
    row = re.search(rf'<th scope="row">{wave}</th>(.*?)</tr>', page)
    assert row is not None
    return re.findall(r"<td>(\d+)</td>", row[1])[:3]


def test_papers_with_one_slip_find_together(house: Flask, people: People) -> None:
    tendai = people.tendai
    group = group_of(tendai)
    types(tendai, group, "before", cells(1, "1111", **who(*AMINA)), *crowd(2))
    slip = ("2", "0", "ZÁ", "am", "Ku", "nä")
    page = types(tendai, group, "after", cells(1, "3322", **who(*slip)))
    assert page.status_code == 303
    assert journeys(house).count(["after", "before"]) == 1
    assert contacts(house) == [("after", 1, 3)]
    assert tally(tendai, group) == ["1", "0", "0"]


def test_nothing_of_what_was_typed_is_kept_of_elements(house: Flask, people: People) -> None:
    tendai = people.tendai
    group = group_of(tendai)
    types(tendai, group, "before", cells(1, "1111", **who("2", "0", "Zainab", "Am", "?", "")))
    with house.extensions["database"].session(reading=True) as session:
        macs = {each.element: each.mac for each in session.scalars(select(ElementMac))}
    assert sorted(macs) == sorted(ELEMENTS[:4])
    assert all(re.fullmatch(r"[0-9a-f]{64}", mac) for mac in macs.values())
    file = house.extensions["settings"].instance / "daraja.sqlite"
    if file.exists():
        assert b"Zainab" not in file.read_bytes()


def test_too_few_elements_find_nobody(house: Flask, people: People) -> None:
    tendai = people.tendai
    group = group_of(tendai)
    page = types(tendai, group, "before", cells(1, "1111", **who("2", "0", "Za", "", "?", "")))
    assert "Too few of these questions are answered" in page.text
    page = types(
        tendai, group, "before", cells(1, "1111", **who("two", "0", "Za", "7", "Ki", "Na"))
    )
    assert page.text.count("This cannot be read.") == 4
    assert kept(house) == []


def doubtful(trainer: StaffPerson, group: int) -> list[dict[str, str]]:
    """The pairs that wait for a decision, each as its form."""
    page = trainer.opens(f"/en/staff/groups/{group}/linking").text
    found = re.findall(
        r'name="csrf_token".*?value="(.*?)">.*?name="one" value="(\w+)">'
        r'<input type="hidden" name="other" value="(\w+)">',
        page,
        re.DOTALL,
    )
    return [dict(zip(("csrf_token", "one", "other"), each, strict=True)) for each in found]


def test_a_person_decides_where_two_could_be_meant(house: Flask, people: People) -> None:
    tendai = people.tendai
    group = group_of(tendai)
    sister = (*AMINA[:3], "Sa", *AMINA[4:])
    rows = cells(1, "1111", **who(*AMINA)), cells(2, "3333", **who(*sister))
    types(tendai, group, "before", *rows, *crowd(3))
    neither = (*AMINA[:3], "Xx", *AMINA[4:])
    types(tendai, group, "after", cells(1, "2222", **who(*neither)))
    assert tally(tendai, group) == ["0", "1", "0"]
    questions = doubtful(tendai, group)
    assert len(questions) == 2
    page = tendai.opens(f"/en/staff/groups/{group}/linking").text
    assert page.count("5 of 6 questions agree.") == 2
    # The number is on the paper: she finds both in her pile.
    assert re.findall(r"<li>(Questions .*?)</li>", page) == [
        "Questions before the lessons: paper 1 of 2 November 2026",
        "Questions after the lessons: paper 1 of 2 November 2026",
        "Questions before the lessons: paper 2 of 2 November 2026",
        "Questions after the lessons: paper 1 of 2 November 2026",
    ]
    assert not any(word in page for word in ("Za", "Xx", "older-"))
    wrong = questions[0] | {"one": questions[0]["other"], "other": questions[0]["one"]}
    tendai.sends(f"/en/staff/groups/{group}/linking", same="yes", **wrong)
    assert tally(tendai, group) == ["0", "1", "0"]
    tendai.sends(f"/en/staff/groups/{group}/linking", same="yes", **questions[1])
    assert tally(tendai, group) == ["1", "0", "0"]
    assert len(contacts(house)) == 1
    assert doubtful(tendai, group) == []


def test_who_is_left_when_the_other_is_ruled_out_is_the_one(house: Flask, people: People) -> None:
    tendai = people.tendai
    group = group_of(tendai)
    sister = (*AMINA[:3], "Sa", *AMINA[4:])
    rows = cells(1, "1111", **who(*AMINA)), cells(2, "3333", **who(*sister))
    types(tendai, group, "before", *rows, *crowd(3))
    neither = (*AMINA[:3], "Xx", *AMINA[4:])
    types(tendai, group, "after", cells(1, "2222", **who(*neither)))
    for _ in range(2):
        left = doubtful(tendai, group)
        if left:
            tendai.sends(f"/en/staff/groups/{group}/linking", same="no", **left[0])
    assert tally(tendai, group) == ["1", "0", "0"]
    assert len(contacts(house)) == 1


def test_a_later_paper_can_part_what_was_put_together(house: Flask, people: People) -> None:
    """With one slip she seemed to be the only one; then her sister's own paper comes."""
    tendai = people.tendai
    group = group_of(tendai)
    types(tendai, group, "before", cells(1, "1111", **who(*AMINA)), *crowd(2))
    sister = (*AMINA[:3], "Sa", *AMINA[4:])
    types(tendai, group, "after", cells(1, "2222", **who(*sister)))
    assert tally(tendai, group) == ["1", "0", "0"]
    types(tendai, group, "after", cells(2, "3333", **who(*AMINA)))
    assert journeys(house).count(["after", "before"]) == 1
    assert contacts(house) == [("after", 1, 3)]
    assert tally(tendai, group) == ["1", "0", "1"]


def test_three_waves_find_together_in_any_order_of_typing(house: Flask, people: People) -> None:
    tendai = people.tendai
    group = group_of(tendai)
    for wave, signs in (("later-1", "3333"), ("after", "2222"), ("before", "1111")):
        types(tendai, group, wave, cells(1, signs, **who(*AMINA)), *crowd(2))
    assert journeys(house) == [["after", "before", "later-1"]] * 7
    assert tally(tendai, group, "Questions some months later") == ["7", "0", "0"]
    moved = [pair for pair in contacts(house) if pair[1] == 1]
    assert moved == [("after", 1, 2), ("later-1", 1, 3)]


def test_papers_of_another_group_never_link(house: Flask, people: People) -> None:
    tendai = people.tendai
    here, there = group_of(tendai), group_of(tendai, name="Thursday")
    types(tendai, here, "before", cells(1, "1111", **who(*AMINA)), *crowd(2))
    types(tendai, there, "after", cells(1, "3333", **who(*AMINA)))
    assert tally(tendai, there) == ["0", "0", "1"]
    assert contacts(house) == []
    with house.extensions["database"].session(reading=True) as session:
        macs = session.scalars(select(ElementMac.mac).where(ElementMac.element == "own-name")).all()
    assert len(set(macs)) == len(macs)


def test_the_key_is_destroyed_on_its_day_with_a_certificate(house: Flask, people: People) -> None:
    tendai = people.tendai
    group = group_of(tendai)
    types(tendai, group, "before", cells(1, "1111", **who(*AMINA)), *crowd(2))
    types(tendai, group, "after", cells(1, "2222", **who(*AMINA)), cells(2, "2222", **who(*OTIENO)))
    database = house.extensions["database"]
    with database.session(reading=True) as session:
        salt = session.scalars(select(LinkKey.salt)).one()
        ends_on = session.get_one(Group, group).linking_ends_on
    assert ends_on is not None
    with database.work() as session:
        assert destroy_ended(session, ends_on) == 0
    with database.work() as session:
        assert destroy_ended(session, date(2027, 12, 1)) == 1
    with database.work() as session:
        assert destroy_ended(session, date(2027, 12, 2)) == 0
    assert [count(house, table) for table in (LinkKey, ElementMac, Certificate)] == [0, 0, 1]
    assert count(house, Evidence) == 9
    page = tendai.opens(f"/en/staff/groups/{group}/linking/certificate").text
    assert "destroyed the key with which papers of this group were linked, and 54 digests" in page
    assert "1 papers were matched; 0 were not certain, and 1 were not matched" in page
    with database.session(reading=True) as session:
        line = session.scalars(select(AuditEntry).where(AuditEntry.deed == "destroyed")).one()
        assert (line.by_login, line.object_name, line.detail) == ("daily keeping", "Tuesday", "54")
    page = types(tendai, group, "later-1", cells(1, "2222", **who(*AMINA)))
    assert page.status_code == 422
    assert "so they are not taken" in page.text
    assert tally(tendai, group) == ["1", "0", "1"]
    database.scrub()
    database.engine.dispose()
    file = house.extensions["settings"].instance / "daraja.sqlite"
    if file.exists():
        assert salt.encode() not in file.read_bytes()


def test_the_daily_keeping_destroys_keys_and_forgets_rows(house: Flask, people: People) -> None:
    tendai = people.tendai
    group = group_of(tendai)
    types(tendai, group, "before", cells(1, "1111", **who(*AMINA)), *crowd(2))
    instance = house.extensions["settings"].instance
    database = house.extensions["database"]
    with database.work() as session:
        forget_old(session, instance)
    assert [count(house, table) for table in (LinkKey, PaperRow)] == [1, 7]
    long_ago = date(2026, 1, 1)
    with database.work() as session:
        session.execute(update(Group).values(linking_ends_on=long_ago))
        session.execute(update(PaperSheet).values(typed_on=long_ago))
    with database.work() as session:
        forget_old(session, instance)
    assert [count(house, table) for table in (LinkKey, ElementMac, PaperRow)] == [0, 0, 0]
    assert (len(kept(house)), count(house, Certificate)) == (7, 1)


def test_a_group_keeps_its_own_rule(house: Flask, people: People) -> None:
    tendai = people.tendai
    group = group_of(tendai, needed="6")
    types(tendai, group, "before", cells(1, "1111", **who(*AMINA)), *crowd(2))
    slip = (*AMINA[:4], "Ku", AMINA[5])
    types(tendai, group, "after", cells(1, "3322", **who(*slip)))
    assert tally(tendai, group) == ["0", "0", "1"]
    with house.extensions["database"].work() as session:
        session.execute(update(Group).values(elements_needed=5))
    types(tendai, group, "after", cells(2, "3322", **who(*OTIENO)))
    assert tally(tendai, group) == ["1", "0", "1"]
