"""What is made from a text obeys the text's licence."""

import pytest

from edu.editions.sharing.licences import (
    BY,
    BY_NC_SA,
    BY_SA,
    CC0,
    LICENCES,
    licences_of,
    may_go_on_as,
)
from tests.conftest import TINY

CASES = [
    ((), LICENCES),
    ((CC0,), LICENCES),
    ((BY,), (BY, BY_SA, BY_NC_SA)),
    ((CC0, BY), (BY, BY_SA, BY_NC_SA)),
    ((BY, BY_SA), (BY_SA,)),
    ((BY, BY_NC_SA), (BY_NC_SA,)),
    ((BY_SA, BY_NC_SA), ()),
    (("All rights reserved",), ("All rights reserved",)),
    (("All rights reserved", BY), ()),
]


@pytest.mark.parametrize(("met", "possible"), CASES)
def test_the_licences_under_which_work_may_go_on(
    met: tuple[str, ...], possible: tuple[str, ...]
) -> None:
    assert may_go_on_as(met) == possible


def test_the_licence_is_the_one_that_authors_wrote() -> None:
    assert licences_of(TINY, "m1") == {"CC BY 4.0"}
    assert licences_of(TINY, "pages") == set()
