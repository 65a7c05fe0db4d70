"""A programme planned through pages, by whoever may: everything that a group needs to start."""

from typing import Any

from tests.people import StaffPerson

PROGRAMMES = "/en/staff/programmes"
WANTS: dict[str, Any] = {
    "vision": "Nobody alone",
    "promotion_goal": "A place to meet",
    "promotion": "40",
    "prevention": "35",
    "care": "25",
    "setting": "camp",
}
CONTACT: dict[str, Any] = {
    "role": "nurse on duty",
    "reached": "at the clinic",
    "checked_on": "2026-11-02",
}
SEAT: dict[str, Any] = {"role": "peer", "voice": "votes", "lived": "y", "paid": "y"}
PLAN: dict[str, Any] = {
    "primary": ["feelings/contact"],
    "people": "30",
    "minimum": "10",
    "waves": ["before", "after"],
    "owner": "coordinator",
    "reader": "university",
    "words": ["interview"],
    "kept_until": "2028-01-01",
}


def makes_programme(person: StaffPerson, name: str = "Winter") -> str:
    """The address of a new programme."""
    made = person.fills(PROGRAMMES, name=name, follow=False)
    return f"{PROGRAMMES}/{made.headers['Location'].rpartition('/')[2]}"


def assesses(person: StaffPerson, root: str) -> None:
    """Answer the nine questions, say who was asked, and freeze it."""
    wizard = f"{root}/assessment"
    for name in ("people", "words", "matters", "trusted", "hurtful", "risks", "voices"):
        person.fills(f"{wizard}/{name}", text=f"about {name}")
    person.fills(f"{wizard}/strengths", our_place="The choir")
    person.fills(f"{wizard}/services", text="The clinic", called_on="2026-11-02")
    person.fills(f"{wizard}/asked", text="a carer\r\nan elder")
    person.fills(wizard, to=f"{wizard}/finish")


def plans_evaluation(person: StaffPerson, root: str) -> None:
    """Write the evaluation plan and freeze it."""
    person.fills(f"{root}/evaluation/plan", **PLAN)
    person.fills(f"{root}/evaluation/plan", to=f"{root}/evaluation/plan/freeze")


def plans_all(person: StaffPerson, root: str) -> None:
    """Take every step before a group may start."""
    person.fills(f"{root}/details", **WANTS)
    person.fills(f"{root}/steering", **SEAT)
    person.fills(f"{root}/support", **CONTACT)
    assesses(person, root)
    plans_evaluation(person, root)
