import pytest

from .asking import everything, refused


def waiting_list(groups=6, size=8):
    """Rows of a course and a waiting list in groups; the course moves more."""
    return [
        [n % 5, n % 5 + (n * 7) % 3 + 2 * (arm == "course"), "", "", arm, f"{arm} {n % groups}"]
        for arm in ("course", "waiting")
        for n in range(groups * size)
    ]


def test_with_arms_the_headline_is_about_the_course():
    rows = waiting_list()
    both = everything([*rows, [1, 2, "", "", "", "nowhere"]])
    course = everything([row for row in rows if row[4] == "course"], arm=None)
    assert both["counts"] == course["counts"] | {"rows": 97}
    assert both["rows"] == {"used": 48, "left_out": 0, "set_apart": 49}
    assert (both["change"], both["groups"]) == (course["change"], course["groups"])
    arms = [(each["arm"], each["rows"], each["matched"]) for each in both["comparison"]["arms"]]
    assert arms == [("course", 48, 48), ("waiting", 48, 48)]
    assert both["comparison"]["how"] == "learners_in_groups"
    assert both["comparison"]["difference"] == pytest.approx(2)
    low, high = both["comparison"]["adjusted"]["interval"]
    assert 0 < low < 2 < high


def test_figures_of_groups_and_arms_look_at_no_later_wave_and_not_back():
    rows = waiting_list()
    others = [
        [*row[:2], n % 4, (n + 1) % 5, *row[4:]] if n % 3 else row for n, row in enumerate(rows)
    ]
    only_later = [[2, "", n % 4, "", "course", f"late {n % 3}"] for n in range(30)]
    less, more = everything(rows), everything([*others, *only_later])
    assert more["waves"] != less["waves"]
    for name in ("groups", "pooled"):
        assert more[name] == less[name]
    unlike = ("arms",)  # which say how many rows there are in the file
    for name in less["comparison"].keys() - unlike:
        assert more["comparison"][name] == less["comparison"][name]


@pytest.mark.parametrize(
    ("names", "named", "course"),
    [
        (("course", "waiting list"), None, "course"),
        (("Control", "after school"), None, "after school"),
        (("1", "0"), None, "1"),
        (("A", "B"), None, "B"),
        (("A", "B"), "B", "A"),
    ],
)
def test_the_comparison_is_the_arm_that_is_called_so_or_named(names, named, course):
    rows = [[n % 4, n % 5, "", "", name, "g"] for n in range(20) for name in names]
    found = everything(rows, comparison=named)["comparison"]
    assert found["arms"][0]["arm"] == course
    assert found["how"] == "description"


def test_a_comparison_that_is_no_arm_is_refused():
    text = "pre,post,arm\n1,2,a\n1,2,b\n"
    assert refused(text, arm="arm", comparison="c") == [
        "data.csv:1: no arm 'c'; the arms are 'a' and 'b'"
    ]


def test_too_few_groups_are_not_put_together():
    found = everything(waiting_list(groups=2))
    assert found["groups"]["icc"] is found["pooled"]["estimate"] is None
    assert found["comparison"]["how"] == "group_means"
    assert found["not_given"]["groups"] == "fewer than 3 groups have matched people"
    assert found["not_given"]["pooled"] == (
        "fewer than 3 groups can be put together: each needs 5 matched people whose changes differ"
    )
    assert [group["used"] for group in found["pooled"]["groups"]] == [True, True]


def test_a_group_of_four_is_listed_and_not_put_together_with_the_others():
    rows = [row for row in waiting_list(groups=4) if row[4] == "course"]
    small = [row for row in rows if row[5] == "course 0"][4:]
    found = everything([row for row in rows if row not in small], arm=None)["pooled"]
    assert (found["k"], found["few"]) == (3, True)
    assert [(each["group"], each["matched"], each["used"]) for each in found["groups"]] == [
        ("course 0", 4, False),
        ("course 1", 8, True),
        ("course 2", 8, True),
        ("course 3", 8, True),
    ]
    assert found["groups"][0]["mean"] is found["groups"][0]["standard_error"] is None
