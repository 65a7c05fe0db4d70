"""A programme in full swing, made through forms, so that each page has something to show."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from werkzeug.test import TestResponse

from tests.people import StaffPerson, fields_of
from tests.planner.planned import CONTACT, PLAN, SEAT, WANTS, assesses, makes_programme

#: One of each kind of page of a programme, below the programme.
PROGRAMME = [
    "",
    "/details",
    "/summary",
    "/partners",
    "/partners/{partner}",
    "/steering",
    "/steering/advice",
    "/research",
    "/support",
    "/emergency",
    "/assessment",
    "/assessment/people",
    "/assessment/strengths",
    "/assessment/services",
    "/assessment/asked",
    "/assessment/version/1",
    "/evaluation/plan",
    "/bodies",
    "/bodies/{body}",
    "/bodies/{free}/out",
    "/channels",
    "/channels/new",
    "/channels/{channel}",
    "/channels/{channel}/end",
    "/links",
    "/agreement",
    "/channels/{channel}/agreement",
    "/referrals",
    "/directory",
    "/directory/{district}",
    "/services/new",
    "/services/{service}",
    "/brief",
    "/brief/sent/{sent}",
    "/actions",
    "/actions/{action}",
    "/follow-up",
    "/reach",
    "/reach/place",
    "/reach/role",
    "/groups/sheet",
    "/collaborative",
]
#: One of each kind of page that a programme adds to its groups, below the group.
GROUP = [
    "",
    "/room",
    "/dates",
    "/dates/slips",
    "/sessions",
    "/sessions/new",
    "/sessions/{meeting}",
    "/hands",
    "/hands/{hands}",
    "/incidents",
    "/incidents/{incident}",
    "/card",
    "/observed",
    "/together",
    "/plan",
]
_DAY = date.today()


class Programme:
    """A programme with one group, in which everything has happened once."""

    def __init__(self, person: StaffPerson, name: str, group: str = "Tuesday", **more: Any) -> None:
        self.person = person
        self.root = makes_programme(person, name)
        self._plans()
        number = self.root.rpartition("/")[2]
        made = person.makes_group(group, opened=False, programme=number, **more)
        self.group = f"/en/staff/groups/{made}"
        person.fills(self.group, to=f"{self.group}/open")
        self.found: dict[str, str] = {}
        self._joins_allies()
        self._agrees_on_channels()
        self._lists_services()
        self._asks()
        self._meets()

    def pages(self) -> Sequence[str]:
        """The addresses of all of them, without their language."""
        own = [*(self.root + page for page in PROGRAMME), *(self.group + page for page in GROUP)]
        return [page.format(**self.found).removeprefix("/en") for page in own]

    def _says(self, page: str, to: str = "", **values: Any) -> TestResponse:
        place = page if page.startswith("/") else f"{self.root}/{page}"
        answer = self.person.fills(place, to=to, **values)
        told = re.findall(r'<p class="error"[^>]*>([^<]+)', answer.text)
        assert (place, answer.status_code, told) == (place, 200, [])
        return answer

    def _notes(self, name: str, page: TestResponse, path: str) -> None:
        found = re.findall(rf'href="[^"]*/{path}/(\d+)"', page.text)
        assert found, (name, path)
        self.found[name] = found[-1]

    def _plans(self) -> None:
        self._says("details", **WANTS)
        self._says("steering", **SEAT)
        self._says("support", **CONTACT)
        assesses(self.person, self.root)
        scales = fields_of(self.person.opens(f"{self.root}/evaluation/plan")).choices["primary"]
        self._says("evaluation/plan", **(PLAN | {"primary": scales[:1]}))
        self._says("evaluation/plan", to=f"{self.root}/evaluation/plan/freeze")

    def _joins_allies(self) -> None:
        signed = {"role": "chair", "signed_on": _DAY.isoformat()}
        page = self._says("partners", name="River Clinic", kind="clinic")
        self._notes("partner", page, "partners")
        self._says(f"partners/{self.found['partner']}", **signed)
        self._says("partners", name="Bridge Society", kind="ngo")
        self._notes("body", self._says("bodies", name="Faith House", kind="faith"), "bodies")
        page = self._says("bodies", name="Free Helpline", kind="users-group", cost="free")
        free = re.search(r'/bodies/(\d+)">Change it<span class="vh"> <bdi>Free', page.text)
        assert free is not None
        self.found["free"] = free[1]

    def _agrees_on_channels(self) -> None:
        page = self.person.opens(f"{self.root}/channels/new").text
        found = re.findall(r' value="([ap]\d+)">([^<(]+) \(', page)
        keys = {name: key for key, name in found}
        channel = {
            "purpose": "A bed for tonight",
            "means": "phone",
            "from_role": "nurse on duty",
            "to_role": "desk",
            "agreed_on": (_DAY - timedelta(90)).isoformat(),
            "next_review": (_DAY - timedelta(1)).isoformat(),
        }
        ends = {"caller": keys["Bridge Society"], "called": keys["River Clinic"]}
        page_after = self._says("channels/new", **ends, **channel)
        self._notes("channel", page_after, "channels")
        month = {"month": f"{_DAY:%Y-%m}", "sent": "17", "arrived": "11", "heard": "6"}
        self._says("referrals", way="to_clinic", **month)

    def _lists_services(self) -> None:
        self._notes("district", self._says("directory", district="North"), "directory")
        service = {"name": "Night bus", "kind": "support", "district": self.found["district"]}
        asked = {"confirmed_on": _DAY.isoformat(), "confirmed_by": "host", "cost": "free"}
        self._notes("service", self._says("services/new", **service, **asked), "services")

    def _asks(self) -> None:
        seen = fields_of(self.person.opens(f"{self.root}/brief")).hidden["seen"]
        self._says(
            "brief", seen=seen, first="A nurse for the hills", second="A van", third="Pay for peers"
        )
        sent = self._says("brief", to=f"{self.root}/brief/sent", body="District office")
        self._notes("sent", sent, "brief/sent")
        action = {"what": "Talk at the school", "owner": "Hill School", "owner_kind": "school"}
        owner = {"owner_role": "head teacher", "due_on": _DAY.isoformat(), "group": "0"}
        self._notes("action", self._says("actions", **action, **owner), "actions")
        one = f"actions/{self.found['action']}"
        self._says(one, to=f"{self.root}/{one}/report", happened="Two classes met", obstacle="Rain")
        self._says("reach/place", place="Kisumu", people="40")
        self._says("emergency", reason="A flood")
        self._says("emergency", to=f"{self.root}/emergency/over")
        self._says("collaborative", name="Nobody knows this house")

    def _meets(self) -> None:
        day = _DAY.isoformat()
        rhythm = {"rhythm_days": "7", "meetings": "5", "role": "", "track": ""}
        self._says(f"{self.group}/dates", first_day=day, **rhythm)
        meeting = {"day": day, "minutes": "90", "led_by": "nurse", "mode": "mixed"}
        page = self._says(
            f"{self.group}/sessions/new", **meeting, phones="5", papers="7", neither="0"
        )
        self._notes("meeting", page, "sessions")
        question = {"question": "Which bridge is ours?", "options": "I do\nThey do"}
        page = self.person.fills(f"{self.group}/hands", follow=False, **question)
        self.found["hands"] = page.headers["Location"].rpartition("/")[2]
        incident = {"kind": "upset", "day": day, "done": "We sat outside together."}
        self._notes("incident", self._says(f"{self.group}/incidents/new", **incident), "incidents")
        observed = fields_of(self.person.opens(f"{self.group}/observed"))
        seen = {"day": day, "observer_role": "nurse", "skills": observed.choices["skills"][:3]}
        words = {"strength": "Calm", "next_step": "One step slower"}
        self._says(f"{self.group}/observed", **seen, **words, trainer=self._trainer())

    def _trainer(self) -> str:
        page = self.person.opens(f"{self.group}/observed").text
        choices = page.partition('name="trainer"')[2].partition("</select>")[0]
        found = re.search(r'value="(\d+)"', choices)
        assert found is not None
        return found[1]
