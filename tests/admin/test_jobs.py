"""Work in a process of its own: one of a kind at a time, and never under way for ever."""

import json
import os
import re
import signal
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from edu.admin import health_wording
from edu.server.jobs import Jobs, UnderWay, Work, delete_old_jobs
from edu.server.models import Job
from tests.admin.conftest import SERVER, Works, World

CONTENT = f"{SERVER}/content"
_SLEEPS = "import time\ntime.sleep(600)\n"


def states(house: Flask) -> list[tuple[str, str]]:
    """What the database says of all jobs."""
    with house.extensions["database"].session(reading=True) as session:
        rows = session.scalars(select(Job).order_by(Job.id))
        return [(row.kind, row.state) for row in rows]


def test_new_content_is_checked_released_and_shown(works: Works) -> None:
    kamal = works.world.people.kamal
    kamal.fills("/en/staff", to=CONTENT)
    works.wait()
    assert "The pages are as new as the content." in kamal.opens(CONTENT).text
    works.says(
        "m1/01-greeting.md", "At the well, Otieno greets first.", "At the well, Amina greets first."
    )
    assert "New content is waiting" in kamal.opens(CONTENT).text
    page = kamal.fills("/en/staff", to=CONTENT)
    assert page.request.path.startswith(f"{SERVER}/jobs/")
    works.wait()
    done = kamal.opens(page.request.path).text
    assert "Done." in done
    assert "The pages are as new as the content." in kamal.opens(CONTENT).text
    assert works.world.trail(None) == [("kamal", "made the pages", "pages", "", "")] * 2


def test_a_mistake_in_the_content_changes_nothing_and_is_listed(works: Works) -> None:
    kamal, house = works.world.people.kamal, works.world.house
    before = house.test_client().get("/en/m1/1/").text
    works.says("m1/01-greeting.md", "::: idea", "::: nonsense")
    page = kamal.fills("/en/staff", to=CONTENT)
    works.wait()
    told = kamal.opens(page.request.path).text
    assert "Nothing was changed, because of these mistakes." in told
    assert "content/m1/01-greeting.md:" in told
    assert "Last time it did not work." in kamal.opens(CONTENT).text
    assert house.test_client().get("/en/m1/1/").text == before
    assert states(house) == [("publish", "failed")]


def test_what_is_wrong_with_files_is_told_in_the_language_of_the_page(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a tongue in which every message of the program is three dots."""
    kamal = works.world.people.kamal
    works.says("m1/01-greeting.md", "::: idea", "::: nonsense")
    works.says("m1/01-greeting.md", "minutes: ", "minutes: about ")
    works.says("../quizzes/feelings.toml", "version = ", "versoin = ")
    works.says("../translations/sw/LC_MESSAGES/m1.po", 'msgstr ""', "msgstr")
    page = kamal.fills("/en/staff", to=CONTENT)
    works.wait()
    monkeypatch.setattr(health_wording, "_", lambda message: "…")
    told = kamal.opens(page.request.path).text
    listed = re.findall(r'<bdi dir="ltr">(\w+)/.*?:\d+</bdi><br><span>(.*?)</span>', told)
    assert Counter(listed) == {("content", "…"): 3, ("quizzes", "…"): 2, ("translations", "…"): 1}


def test_advice_on_words_about_people_says_which_words(works: Works) -> None:
    kamal = works.world.people.kamal
    works.says("m1/01-greeting.md", "At the well,", "At the well he suffers from greetings,")
    page = kamal.fills("/en/staff", to=CONTENT)
    works.wait()
    told = kamal.opens(page.request.path).text
    assert "<span>&#39;suffers from&#39;: Say " in told


def test_a_warning_of_the_start_is_told_in_the_language_of_the_page(
    house: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    (house.extensions["settings"].instance / "secret.check").write_text("another", "utf-8")
    with house.extensions["database"].work() as session:
        session.add(Job(id=5, kind="publish", state="under way", made_at=datetime.now(UTC)))
    house.test_cli_runner().invoke(args=["job", "5"])
    address = f"{SERVER}/jobs/5"
    assert "The secret is not the one" in world.people.kamal.opens(address).text
    monkeypatch.setattr(health_wording, "_", lambda message: "…")
    told = world.people.kamal.opens(address).text
    assert re.findall(r'<p class="error raw">(.*?)</p>', told) == ["…"]


def test_what_an_older_program_put_away_is_still_shown(house: Flask, world: World) -> None:
    said = json.dumps({"mistakes": ["content/a.md:1: It is 9% old."], "warnings": ["Old too."]})
    with house.extensions["database"].work() as session:
        now = datetime.now(UTC)
        session.add(Job(id=5, kind="publish", state="failed", made_at=now, said=said))
    kamal = world.people.kamal
    assert "<span>content/a.md:1: It is 9% old.</span>" in kamal.opens(f"{SERVER}/jobs/5").text
    told = kamal.opens(f"{SERVER}/jobs/5".replace("/en/", "/sw/")).text
    assert '<span lang="en" dir="ltr">content/a.md:1: It is 9% old.</span>' in told


@pytest.fixture
def sleeping(works: Works) -> Works:
    """A program that never ends by itself."""
    (works.jobs.program / "app.py").write_text(_SLEEPS, encoding="utf-8")
    return works


def test_two_who_start_the_same_work_watch_one_job(sleeping: Works) -> None:
    kamal, house = sleeping.world.people.kamal, sleeping.world.house
    first, second = (kamal.fills("/en/staff", to=CONTENT).request.path for _ in range(2))
    assert first == second
    assert states(house) == [("publish", "under way")]
    assert sleeping.world.trail(None) == [("kamal", "made the pages", "pages", "", "")]
    assert "The pages are being made at this moment." in kamal.opens(CONTENT).text


def test_work_of_another_kind_may_go_on_beside_it(sleeping: Works) -> None:
    kamal, house = sleeping.world.people.kamal, sleeping.world.house
    kamal.fills("/en/staff", to=CONTENT)
    kamal.fills(f"{SERVER}/backup")
    assert states(house) == [("publish", "under way"), ("backup", "under way")]


def test_another_process_of_the_server_starts_no_second_one(sleeping: Works) -> None:
    sleeping.world.people.kamal.fills("/en/staff", to=CONTENT)
    database = sleeping.world.house.extensions["database"]
    other = Jobs(database, sleeping.jobs.instance, sleeping.jobs.program)
    with database.work() as session, pytest.raises(UnderWay) as known:
        other.start(session, Work.PUBLISH)
    with database.session(reading=True) as session:
        assert [known.value.job] == list(session.scalars(select(Job.id)))
    outcome = other.look(known.value.job or 0)
    assert outcome is not None
    assert outcome.state == "under way"


def test_a_page_that_watches_looks_again_until_it_is_told_not_to(sleeping: Works) -> None:
    kamal = sleeping.world.people.kamal
    page = kamal.fills("/en/staff", to=CONTENT)
    assert page.headers["Refresh"] == "5"
    assert "Under way." in page.text
    assert "Refresh" not in kamal.opens(f"{page.request.path}?still").headers


def test_work_that_was_killed_has_failed_and_can_be_started_again(sleeping: Works) -> None:
    kamal, house = sleeping.world.people.kamal, sleeping.world.house
    page = kamal.fills("/en/staff", to=CONTENT)
    (child,) = sleeping.jobs.children
    os.killpg(child.pid, signal.SIGKILL)
    child.wait(timeout=60)
    told = kamal.opens(page.request.path)
    assert "The work stopped before it was done." in told.text
    assert "Refresh" not in told.headers
    again = kamal.fills("/en/staff", to=CONTENT).request.path
    assert again != page.request.path
    assert states(house) == [("publish", "failed"), ("publish", "under way")]


def test_a_program_that_cannot_start_leaves_its_last_words(works: Works) -> None:
    (works.jobs.program / "app.py").write_text("raise SystemExit('no <b>app</b>')\n", "utf-8")
    kamal = works.world.people.kamal
    page = kamal.fills("/en/staff", to=CONTENT)
    works.wait()
    assert "no &lt;b&gt;app&lt;/b&gt;" in kamal.opens(page.request.path).text


def test_a_job_that_nobody_waits_for_is_not_done(house: Flask) -> None:
    with house.extensions["database"].work() as session:
        session.add(Job(kind="backup", state="done", made_at=datetime.now(UTC), said="{}"))
    for number in ("1", "77"):
        result = house.test_cli_runner().invoke(args=["job", number])
        assert result.exit_code == 1
        assert "nobody waits for work number" in result.output
    for number in ("0", "x", "1; ls", "99999999999"):
        assert house.test_cli_runner().invoke(args=["job", number]).exit_code == 2


def test_a_fault_is_named_by_its_kind_and_never_by_its_words(house: Flask, tmp_path: Path) -> None:
    with house.extensions["database"].work() as session:
        session.add(Job(id=5, kind="publish", state="under way", made_at=datetime.now(UTC)))
    settings = house.extensions["settings"]
    (settings.published.parent / "published.stamp").unlink()
    (settings.published.parent / "published.stamp").mkdir()
    house.test_cli_runner().invoke(args=["job", "5"])
    with house.extensions["database"].session(reading=True) as session:
        job = session.scalars(select(Job)).one()
        assert (job.state, job.ended_at is not None) == ("failed", True)
        assert str(tmp_path) not in job.said


def test_jobs_of_long_ago_are_forgotten(house: Flask) -> None:
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    with house.extensions["database"].work() as session:
        for number in (1, 2):
            session.add(Job(id=number, kind="backup", state="done", made_at=now, said="{}"))
        session.flush()
        old = update(Job).where(Job.id == 1).values(made_at=now - timedelta(days=32))
        session.execute(old)
        delete_old_jobs(session, now.date())
        assert list(session.scalars(select(Job.id))) == [2]


def test_a_form_without_its_token_starts_nothing(works: Works) -> None:
    kamal = works.world.people.kamal
    for address in (CONTENT, f"{SERVER}/backup"):
        assert kamal.sends(address).status_code == 400
    assert states(works.world.house) == []
    assert works.jobs.children == []
