"""What of a part is done, and what its words count as once all of it is."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.database import Database
from edu.editions.desk import Revision
from edu.editions.models import Release, Rendering
from edu.editions.parts import Part, parts_of
from edu.editions.review.back_translations import Author, resolve, say_again
from edu.editions.review.models import Signature
from edu.editions.review.readiness import readiness, settle, to_say_again
from edu.editions.review.rigour import Step
from edu.editions.review.signing import Refused, authors_of, fewer_readers, sign, waive
from edu.editions.review.try_outs import write_try_out
from edu.editions.standing import standing
from edu.editions.working import edition_for, now, rendering_for, save
from edu.partners.members import make_member
from edu.segments.segment import fold


def staff(session: Session) -> dict[str, int]:
    names = ("chipo", "rudo", "farai", "nyasha")
    made = {name: make_member(session, login=name, password="three small boats") for name in names}
    session.flush()
    return {name: member.id for name, member in made.items()}


def translate(session: Session, part: Part, member_id: int, tag: str = "sn") -> list[Rendering]:
    edition = edition_for(session, tag, part.module)
    rows = []
    for segment in part.segments():
        row = rendering_for(session, edition, segment)
        words = f"{tag} {fold(segment.text)}"
        save(session, row, words, version=row.version, member_id=member_id, source=segment.text)
        rows.append(row)
    return rows


def all_sign(session: Session, part: Part, who: dict[str, int]) -> None:
    digest = standing(session, "sn", part).digest
    for login, reader in (("rudo", "native"), ("farai", "lived"), ("nyasha", "health")):
        sign(session, "sn", part, reader=reader, digest=digest, member_id=who[login])


def test_a_measure_counts_only_when_each_of_its_steps_is_done(
    database: Database, root: Path
) -> None:
    part = parts_of(root, "quizzes")["feelings"]
    with database.session() as session:
        who = staff(session)
        rows = translate(session, part, who["chipo"])
        all_sign(session, part, who)
        assert settle(session, root, "sn", part, None).missing[0].step is Step.BACK_TRANSLATION
        wanted = {each.context for each in to_say_again(part)}
        assert wanted == {
            *(f"feelings|{name}" for name in ("contact-1", "contact-2", "hope-1", "hope-2")),
            *(f"feelings|option|{code}" for code in "123"),
        }
        for row in (row for row in rows if row.context in wanted):
            with pytest.raises(Author):
                say_again(
                    session, row, "Mine.", version=row.version, blind=True, member_id=who["chipo"]
                )
            seen = say_again(
                session, row, "It says so.", version=row.version, blind=False, member_id=who["rudo"]
            )
            resolve(session, seen, "None were found.")
        assert settle(session, root, "sn", part, None).missing[0].step is Step.BACK_TRANSLATION
        for row in (row for row in rows if row.context in wanted):
            blind = say_again(
                session, row, "It says so.", version=row.version, blind=True, member_id=who["rudo"]
            )
            resolve(session, blind, "None were found.")
        missing = [each.step for each in settle(session, root, "sn", part, None).missing]
        assert missing == [Step.TRY_OUT, Step.COMMITTEE]
        assert {row.state for row in rows} == {"draft"}
        digest = standing(session, "sn", part).digest
        for way, people in (("reading", 5), ("committee", 3)):
            write_try_out(
                session,
                edition_for(session, "sn", "quizzes"),
                part.id,
                digest=digest,
                way=way,
                people=people,
                held_on=date(2026, 1, 2),
                understood="All of it.",
                changed="",
                member_id=who["chipo"],
            )
        assert settle(session, root, "sn", part, who["rudo"]).ready
        assert {row.state for row in rows} == {"reviewed"}
        last = session.scalars(select(Revision).order_by(Revision.id.desc()).limit(1)).one()
        assert (last.deed, last.member_id) == ("signed", who["rudo"])


def test_whoever_wrote_the_ancestors_words_does_not_sign_for_them(
    database: Database, root: Path
) -> None:
    part = parts_of(root, "m1")["m1.2"]
    with database.session() as session:
        who = staff(session)
        translate(session, part, who["rudo"], "es-419")
        assert authors_of(session, "es-AR", part) == {who["rudo"]}
        digest = standing(session, "es-AR", part).digest
        with pytest.raises(Refused) as refused:
            sign(session, "es-AR", part, reader="native", digest=digest, member_id=who["rudo"])
        assert refused.value.why == "author"


def test_signing_makes_nobody_an_author(database: Database, root: Path) -> None:
    part = parts_of(root, "m1")["m1.2"]
    with database.session() as session:
        who = staff(session)
        translate(session, part, who["chipo"])
        all_sign(session, part, who)
        settle(session, root, "sn", part, who["nyasha"])
        assert authors_of(session, "sn", part) == {who["chipo"]}


def test_a_mark_says_who_signed_where_they_were_few(database: Database, root: Path) -> None:
    part = parts_of(root, "m1")["m1.2"]
    with database.session() as session:
        who = staff(session)
        translate(session, part, who["chipo"])
        waive(session, "sn", ["native"], "There is one reader.", member_id=who["nyasha"])
        digest = standing(session, "sn", part).digest
        sign(session, "sn", part, reader="native", digest=digest, member_id=who["rudo"])
        assert readiness(session, root, "sn", part).ready
        assert fewer_readers(session, "sn", part.id, "m1", digest) == ["native"]
        for login, reader in (("farai", "lived"), ("nyasha", "health")):
            sign(session, "sn", part, reader=reader, digest=digest, member_id=who[login])
        assert fewer_readers(session, "sn", part.id, "m1", digest) == []


def test_the_mark_is_of_the_words_that_learners_have(database: Database, root: Path) -> None:
    part = parts_of(root, "m1")["m1.2"]
    with database.session() as session:
        who = staff(session)
        translate(session, part, who["chipo"])
        all_sign(session, part, who)
        for row in session.scalars(select(Signature)):
            row.made_at -= timedelta(days=2)
        session.add(
            Release(
                tag="sn",
                module="m1",
                number=1,
                digest="d",
                state="reviewed",
                payload={},
                made_at=now() - timedelta(days=1),
                member_id=who["nyasha"],
            )
        )
        row = translate(session, part, who["chipo"])[0]
        save(session, row, "sn other", version=row.version, member_id=who["chipo"])
        digest = standing(session, "sn", part).digest
        sign(session, "sn", part, reader="native", digest=digest, member_id=who["rudo"])
        # An ancestor's word has moved, so that nobody has signed just these.
        assert fewer_readers(session, "sn", part.id, "m1", "0" * 64) == []
