"""A group of the Bridge Society, whoever leads it, and somebody who only reads its figures."""

from dataclasses import dataclass

import pytest
from flask import Flask

from edu.partners.roles import Role
from tests.people import People, StaffPerson, make_staff


@dataclass
class Place:
    """A group, and those who come to its page."""

    house: Flask
    people: People
    tendai: StaffPerson
    group: int

    @property
    def root(self) -> str:
        """Where the group's page is."""
        return f"/en/staff/groups/{self.group}"

    def evaluator(self) -> StaffPerson:
        """Somebody who reads figures and leads nothing."""
        with self.house.extensions["database"].work() as session:
            make_staff(session, "efua", "Bridge Society", Role.EVALUATOR)
        return StaffPerson(self.house.test_client(), "efua").signs_in()


@pytest.fixture
def place(house: Flask, people: People) -> Place:
    tendai = people.tendai
    return Place(house, people, tendai, tendai.makes_group())
