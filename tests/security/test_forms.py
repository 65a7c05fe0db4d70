"""Forms take what they ask for and nothing more, and only from our own pages.

Every form on every page is sent in copies of one world: as it stands; with every column of every
table as a further field; and as another site would send it. What each leaves in the data is
compared.
"""

import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import Date, DateTime

from edu.models import TABLES
from tests.people import OURS
from tests.security.hostile import MARK
from tests.security.world import COUNTS, Dump, Form, World, dump, endpoint_of, forms_of, rules, send
from tests.test_docs import ROOT

WALKERS = ("learner", "trainer", "administrator", "keeper", "stranger")

#: What an attacker would like a column to hold; the last is found again if it is kept anywhere.
WISHES = ("1", "2", "administrator", "keeper", "reviewed", "true", "2001-02-03")

#: Forms that show only in a state that this world is not in, with where they are tested instead.
ELSEWHERE = {
    "upset.upset": "tests/learning/test_upset.py",
    "offline.shared": "tests/learner/test_outbox.py",
    "carried.stop_file": "tests/carried/test_taking.py",
    "account.first": "tests/account/test_signing_in.py",
    "accounts.take": "tests/admin/test_escalation.py",
    "account.second": "tests/account/test_second_step.py",
    "meetings.edit": "tests/facilitator/test_meetings.py",
    "meetings.delete": "tests/facilitator/test_meetings.py",
    "hands.one": "tests/facilitator/test_hands.py",
    "hands.delete": "tests/facilitator/test_hands.py",
    "incidents.edit": "tests/facilitator/test_incidents.py",
    "incidents.close": "tests/facilitator/test_incidents.py",
    "incidents.again": "tests/facilitator/test_incidents.py",
    "into_programme.begin": "tests/trainer/test_into_programme.py",
    "into_programme.choose": "tests/trainer/test_into_programme.py",
    "room.prepared": "tests/facilitator/test_room.py",
    "course.take_up": "tests/learner/test_several_ways.py",
    "forgotten.ask": "tests/account/test_letters.py",
    "languages.change": "tests/admin/test_server.py",
    "links.join": "tests/admin/test_members.py",
    "links.reset": "tests/admin/test_members.py",
    "member.take": "tests/admin/test_members.py",
    "organisations.reopen": "tests/admin/test_escalation.py",
    "own.end_device": "tests/account/test_sessions.py",
    "own.move": "tests/account/test_signing_in.py",
    "passkey.begin": "tests/account/test_passkeys.py",
    "passkey.begin_second": "tests/account/test_passkeys.py",
    "passkey.second": "tests/account/test_passkeys.py",
    "passkeys.add": "tests/account/test_passkeys.py",
    "passkeys.keep": "tests/account/test_passkeys.py",
    "passkeys.remove": "tests/account/test_passkeys.py",
    "programmes.take_out": "tests/admin/test_programmes.py",
    "carrying.partner": "tests/planner/test_planning_pages.py",
    "carrying.unsign": "tests/planner/test_planning_pages.py",
    "carrying.take_out": "tests/planner/test_planning_pages.py",
    "carrying.leave": "tests/planner/test_planning_pages.py",
    "programme_safety.over": "tests/planner/test_planning_pages.py",
    "collaborative.accept": "tests/planner/test_collaborative.py",
    "collaborative.refuse": "tests/planner/test_collaborative.py",
    "collaborative.leave": "tests/planner/test_collaborative.py",
    "assessment.freeze": "tests/planner/test_planning_pages.py",
    "actions.change": "tests/planner/test_following_pages.py",
    "actions.tell": "tests/planner/test_following_pages.py",
    "actions.let_go": "tests/planner/test_following_pages.py",
    "actions.again": "tests/planner/test_following_pages.py",
    "governing.no_more": "tests/planner/test_governing.py",
    "research.decide": "tests/planner/test_governing.py",
    "joint.bring": "tests/trainer/test_joint.py",
    "joint.alone": "tests/trainer/test_joint.py",
    "module_order.earlier": "tests/trainer/test_module_order.py",
    "opening.open_it": "tests/planner/test_opening.py",
    "dates.booster": "tests/planner/test_following_pages.py",
    "group_sheet.look": "tests/planner/test_group_sheet.py",
    "group_sheet.keep": "tests/planner/test_group_sheet.py",
    "observing.delete": "tests/planner/test_following_pages.py",
    "report.refresh": "tests/trainer/test_report.py",
    "evaluation_plan.freeze_it": "tests/trainer/test_evaluation.py",
    "evaluation_plan.otherwise": "tests/trainer/test_evaluation.py",
    # Nobody stands around a new programme, so there is nothing to link.
    "channels.new": "tests/planner/test_channels.py",
    "channels.change": "tests/planner/test_channels.py",
    "channels.reviewed": "tests/planner/test_channels.py",
    "channels.end": "tests/planner/test_channels.py",
    "bodies.change": "tests/planner/test_channels.py",
    "bodies.out": "tests/planner/test_channels.py",
    "referrals.out": "tests/planner/test_referrals.py",
    "directory.out": "tests/planner/test_directory.py",
    "services.change": "tests/planner/test_directory.py",
    "services.out": "tests/planner/test_directory.py",
    "brief.send": "tests/planner/test_brief.py",
    "voices.coded": "tests/trainer/test_voices.py",
    "voices.forget": "tests/trainer/test_voices.py",
    "second_entry.second": "tests/paper/test_second_entry.py",
    "second_entry.decide": "tests/paper/test_second_entry.py",
    "second_entry.end": "tests/paper/test_second_entry.py",
    "paper_links.decide": "tests/paper/test_linking.py",
    # Those who walk here translate nothing.
    "desk.begin": "tests/partner/test_desk.py",
    "desk.next_one": "tests/partner/test_desk.py",
    "segment.save": "tests/partner/test_desk_segment.py",
    "segment.still_right": "tests/partner/test_desk_moved.py",
    "segment.drop": "tests/partner/test_desk_typing.py",
    "segment.say": "tests/partner/test_desk_segment.py",
    "segment.mark": "tests/partner/test_desk_segment.py",
    "segment.aside": "tests/partner/test_desk_segment.py",
    "keystrokes.working": "tests/partner/test_desk_typing.py",
    "keystrokes.typed": "tests/partner/test_desk_typing.py",
    "keystrokes.checked": "tests/partner/test_desk_typing.py",
    "asking.new": "tests/partner/test_review_and_release.py",
    "asking.close": "tests/partner/test_review_and_release.py",
    "asking.remark": "tests/partner/test_review_and_release.py",
    "changes.new": "tests/partner/test_changes.py",
    "changes.edit": "tests/partner/test_changes.py",
    "changes.back": "tests/partner/test_changes.py",
    "meaning.say": "tests/partner/test_review_and_release.py",
    "meaning.resolved": "tests/partner/test_review_and_release.py",
    "reading.send": "tests/partner/test_review_and_release.py",
    "releases.release": "tests/partner/test_review_and_release.py",
    "releases.take_back": "tests/partner/test_review_and_release.py",
    "reviews.sign_it": "tests/partner/test_review_and_release.py",
    "reviews.try_out": "tests/partner/test_review_and_release.py",
    "reviews.fewer": "tests/partner/test_review_and_release.py",
    "reviews.all_readers": "tests/partner/test_review_and_release.py",
    "recording.let_hear": "tests/partner/test_recordings.py",
    "recording.take_back": "tests/partner/test_recordings.py",
    "recordings.record": "tests/partner/test_recordings.py",
    "media.new": "tests/partner/test_media.py",
    "media.edit": "tests/partner/test_media.py",
    "media_list.pack": "tests/partner/test_media.py",
    "media_list.take_back": "tests/partner/test_media.py",
    "exchange.send": "tests/partner/test_exchange.py",
    "exchange.bring": "tests/partner/test_exchange.py",
    "exchange.choose": "tests/partner/test_exchange.py",
    "exchange_terms.send": "tests/partner/test_exchange_terms.py",
    "exchange_terms.bring": "tests/partner/test_exchange_terms.py",
    "sharing.end": "tests/partner/test_sharing.py",
    "sharing.share": "tests/partner/test_sharing.py",
    "taking.stop_following": "tests/partner/test_sharing.py",
    "taking.take_over": "tests/partner/test_sharing.py",
    "taking.whats_new": "tests/partner/test_sharing.py",
    "profiles.start": "tests/partner/test_profiles.py",
    "profile_entries.new": "tests/partner/test_profiles.py",
    "profile_entries.entry": "tests/partner/test_profiles.py",
    "profile_entries.agreed": "tests/partner/test_profiles.py",
    "profile_entries.out": "tests/partner/test_profiles.py",
    "profile_entries.back": "tests/partner/test_profiles.py",
    "profile_entries.up": "tests/partner/test_profiles.py",
    "profile_entries.call": "tests/partner/test_profiles.py",
    # The tiny content has no scoring shells, and nobody has put a form together.
    "instruments.end": "tests/builder/test_building.py",
    "building.again": "tests/builder/test_building.py",
    "licences.claim": "tests/builder/test_licences.py",
    "licences.end": "tests/builder/test_licences.py",
    "licences.key": "tests/builder/test_licences.py",
    "licences.words": "tests/builder/test_licences.py",
    "bringing.bring": "tests/builder/test_files.py",
    "bringing.yes": "tests/builder/test_coming_back.py",
    # These begin work in another process, which would outlive its copy of the world.
    "backup.make": "tests/admin/test_server.py",
    "content.release": "tests/admin/test_server.py",
    "server.look": "tests/admin/test_examining.py",
    "evaluation.work_out": "tests/trainer/test_evaluation.py",
}


Met = dict[tuple[str, frozenset[str], str], tuple[str, Form]]


@dataclass(frozen=True)
class Plain:
    """What a form leaves in the data as it stands, and which columns chance or the clock fills."""

    status: int
    data: Dump
    hidden: set[tuple[str, int]]


@pytest.fixture(scope="module")
def forms(world: World) -> list[tuple[str, Form]]:
    """Every form that anybody meets, each with the first of the walkers who meets it."""
    house, met = world.copy(), Met()
    for walker in WALKERS:
        for form in forms_of(house, world.browser(house, walker), world.given):
            if endpoint_of(house, form.action) in ELSEWHERE:
                continue
            told = form.action, form.names, dict(form.values).get("do", "")
            met.setdefault(told, (walker, form))
    house.extensions["database"].engine.dispose()
    return list(met.values())


@pytest.fixture(scope="module", params=[4, pytest.param(1, marks=pytest.mark.thorough)])
def share(request: pytest.FixtureRequest) -> int:
    """One form in so many is compared: every day the same ones, drawn by what they ask for."""
    return int(request.param)


@pytest.fixture(scope="module")
def drawn(forms: list[tuple[str, Form]], share: int) -> list[tuple[str, Form]]:
    """The forms that are compared."""
    return [
        each for each in forms if zlib.crc32(" ".join(sorted(each[1].names)).encode()) % share == 0
    ]


@pytest.fixture(scope="module")
def plain(world: World, drawn: list[tuple[str, Form]]) -> list[Plain]:
    """What each form leaves as it stands: sent twice, to see what chance does."""
    found = []
    for walker, form in drawn:
        status, data = left_behind(world, walker, form)
        found.append(Plain(status, data, by_chance(data, left_behind(world, walker, form)[1])))
    return found


def left_behind(
    world: World,
    walker: str,
    form: Form,
    headers: Mapping[str, str] = OURS,
    query: str = "",
    **more: str,
) -> tuple[int, Dump]:
    """Send a form in a fresh copy of the world: the answer's status, and the data afterwards."""
    house = world.copy()
    answer = world.browser(house, walker).post(
        form.action + query, data=dict(form.values) | more, headers=headers
    )
    return answer.status_code, closed(house)


def closed(house: Flask) -> Dump:
    """The data of a house that nobody needs any more."""
    found = dump(house, COUNTS)
    house.extensions["database"].engine.dispose()
    return found


def told(data: Dump, hidden: set[tuple[str, int]]) -> Dump:
    """The data without the columns that chance or the clock fills."""
    return {
        name: sorted(
            (
                tuple(value for place, value in enumerate(row) if (name, place) not in hidden)
                for row in rows
            ),
            key=repr,
        )
        for name, rows in data.items()
    }


def by_chance(one: Dump, other: Dump) -> set[tuple[str, int]]:
    """The columns in which two sendings of the same form differ."""
    clock = {
        (table.name, place)
        for table in TABLES
        for place, column in enumerate(table.columns)
        if isinstance(column.type, DateTime) and not isinstance(column.type, Date)
    }
    return clock | {
        (name, place)
        for name, rows in one.items()
        for place in range(len(rows[0]) if rows else len(other[name][0]) if other[name] else 0)
        if _column(rows, place) != _column(other[name], place)
    }


def _column(rows: list[tuple[object, ...]], place: int) -> Counter[str]:
    return Counter(repr(row[place]) for row in rows)


def columns(form: Form) -> Iterator[str]:
    """Every column's name that is none of the form's own fields, and its table's name with it."""
    names = {column.name for table in TABLES for column in table.columns}
    names |= {f"{table.name}.{column.name}" for table in TABLES for column in table.columns}
    return (name for name in sorted(names) if name not in form.names)


def test_every_form_is_attacked_here_or_named(world: World, forms: list[tuple[str, Form]]) -> None:
    house = world.copy()
    met = {endpoint_of(house, form.action) for _walker, form in forms}
    sent = {rule.endpoint for rule in rules(house, "POST")}
    assert sorted(sent - met - set(ELSEWHERE)) == []
    assert [path for path in ELSEWHERE.values() if not (ROOT / path).is_file()] == []
    assert len(forms) >= 30


@pytest.mark.parametrize("more", [0, pytest.param(2, marks=pytest.mark.thorough)])
def test_a_field_that_no_form_has_changes_nothing(
    world: World, drawn: list[tuple[str, Form]], plain: list[Plain], share: int, more: int
) -> None:
    """Each form is sent with every column, holding the mark, and with so many more wishes in turn.
    It does what it would have done, or it is refused and does nothing."""
    start = closed(world.copy())
    changing = [each for each in plain if told(each.data, each.hidden) != told(start, each.hidden)]
    assert len(changing) >= 12 // share
    for number, ((walker, form), alone) in enumerate(zip(drawn, plain, strict=True)):
        wishes = [WISHES[(more * number + each) % len(WISHES)] for each in range(more)]
        for wish in (MARK, *wishes):
            further = dict.fromkeys(columns(form), wish)
            status, data = left_behind(world, walker, form, **further)
            where = (walker, form.page, form.action, wish)
            wanted = alone if status < 400 else Plain(status, start, alone.hidden)
            assert (*where, status, told(data, alone.hidden)) == (
                *where,
                wanted.status,
                told(wanted.data, alone.hidden),
            )
            assert MARK not in repr(data)
            assert WISHES[-1] not in repr(data)


def test_fields_in_the_address_are_not_taken_for_fields_of_the_form(
    world: World, drawn: list[tuple[str, Form]], plain: list[Plain]
) -> None:
    for (walker, form), alone in zip(drawn, plain, strict=True):
        names = sorted({*form.names, *columns(form)})
        query = "?" + "&".join(f"{name}={MARK}" for name in names)
        status, data = left_behind(world, walker, form, query=query)
        where = (walker, form.page, form.action)
        wanted = (*where, alone.status, told(alone.data, alone.hidden))
        assert (*where, status, told(data, alone.hidden)) == wanted
        assert MARK not in repr(data)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Referer": "https://elsewhere.example/"},
        {},
    ],
    ids=repr,
)
def test_a_form_from_another_site_changes_nothing(
    world: World, forms: list[tuple[str, Form]], headers: dict[str, str]
) -> None:
    house = world.copy()
    start = dump(house, COUNTS)
    for walker, form in forms:
        values = {
            name: value for name, value in form.values if name not in ("csrf_token", "once_more")
        }
        answer = world.browser(house, walker).post(form.action, data=values, headers=headers)
        where = (walker, form.action)
        assert (*where, answer.status_code < 500) == (*where, True)
    assert dump(house, COUNTS) == start


def test_the_comparison_would_see_a_single_column(world: World) -> None:
    """The control: two forms that differ in one kept value leave different data."""
    house = world.copy()
    form = next(
        each
        for each in forms_of(house, world.browser(house, "trainer"), world.given)
        if "place" in each.names
    )
    plain = left_behind(world, "trainer", form)[1]
    hidden = by_chance(plain, left_behind(world, "trainer", form)[1])
    other = left_behind(world, "trainer", form, place=MARK)[1]
    assert told(other, hidden) != told(plain, hidden)
    assert MARK in repr(other)


def test_the_forms_that_are_compared_are_accepted(
    world: World, forms: list[tuple[str, Form]]
) -> None:
    """Otherwise all that is compared would be refusals."""
    house = world.copy()
    wanted = ("groups.new", "course.questions", "course.done", "leave.leave", "groups.cards")
    kept = {
        endpoint: send(world.browser(world.copy(), walker), form)
        for walker, form in forms
        if (endpoint := endpoint_of(house, form.action)) in wanted
    }
    assert kept == dict.fromkeys(wanted[:4], 303) | {"groups.cards": 200}
