"""Profiles as files: every mistake with its line, and a way back that changes no byte."""

from pathlib import Path

import pytest

from edu.communities.checking import check_communities
from edu.communities.files import FOLDER, read_profile, read_profiles, write
from edu.communities.profile import MATTERS, SECTIONS, SWAPS

ROOT = Path(__file__).resolve().parent.parent.parent

HEAD = '[community]\ntag = "sn-ZW"\ncountry = "ZW"\nname = "Shona"\nplace = "Towns."\n'


def mistakes(text: str, tag: str = "sn-ZW") -> list[str]:
    """What is said about a file."""
    return [str(each) for each in read_profile(text.encode(), f"{tag}.toml", tag)[1]]


def test_a_profile_without_a_fault_has_no_mistake() -> None:
    assert mistakes(HEAD) == []


@pytest.mark.parametrize(
    ("added", "said"),
    [
        ("[weather]\n", '7: unknown table "weather"'),
        ('[[term]]\nmeaning = "m"\n', '7: "id" must be small letters, digits and hyphens'),
        ('[[term]]\nid = "goal"\n', '7: missing key "meaning"'),
        ('[[term]]\nid = "goal"\nmeaning = "m"\nwarm = 1\n', '10: unknown key "warm"'),
        (
            '[[term]]\nid = "goal"\nmeaning = " m"\n',
            '9: "meaning" is empty, or has space around it',
        ),
        (
            '[[term]]\nid = "goal"\nmeaning = "m"\nstarts = "yes"\n',
            '10: "starts" must be true or false',
        ),
        (
            '[[term]]\nid = "goal"\nmeaning = "m"\nforms = "m"\n',
            '10: "forms" must be a list of texts',
        ),
        (
            '[[term]]\nid = "goal"\nmeaning = "m"\nstatus = "new"\n',
            '10: "status" must be draft or agreed',
        ),
        (
            '[[term]]\nid = "goal"\nmeaning = "m"\n[[term]]\nid = "goal"\nmeaning = "m"\n',
            '10: the id "goal" is used twice',
        ),
        (
            '[[idiom]]\nid = "heavy"\nwords = "w"\nmeaning = "m"\nnot_a_diagnosis = "a\\nb"\n',
            '11: "not_a_diagnosis" must be one line',
        ),
        (
            '[[matters]]\nid = "money"\n',
            f'7: "money" is none of {", ".join(MATTERS)}',
        ),
        (
            '[[messenger]]\nid = "a"\nwho = "w"\ntrust = "yes"\nwhy = "y"\n',
            '10: "trust" must be one of trusted, risky, not "yes"',
        ),
        ('[swaps]\nhats = ["a"]\n', f'8: "hats" is none of {", ".join(SWAPS)}'),
        (
            '[swaps]\nfood = ["*bread*"]\n',
            '8: "*bread*" holds a sign that would be markup in a lesson',
        ),
        ('[[promotion]]\nterm = "t"\n', "7: this is a table headed [promotion]"),
        (
            '[[law]]\nid = "a"\ntopic = "suicide"\nknown = "known"\ntext = "t"\nsource = "s"\n',
            '7: what is known needs "dated"',
        ),
        (
            '[[service]]\nid = "a"\nname = "n"\nkind = "helpline"\nnumber = "one two"\n',
            '11: "one two" is not a number that can be dialled',
        ),
        (
            '[[service]]\nid = "a"\nname = "n"\nkind = "helpline"\nconfirmed_on = 2026-01-01\n',
            '11: unknown key "confirmed_on"',
        ),
        (
            '[[service]]\nid = "a"\nname = "n"\nkind = "helpline"\nlanguages = ["SN"]\n',
            '11: "SN" is not a language tag',
        ),
        (
            '[[service]]\nid = "a"\nname = "n"\nkind = "helpline"\nsource_date = "May"\n',
            '11: "source_date" must be a day without quotation marks, such as 2026-11-22',
        ),
    ],
)
def test_every_mistake_is_listed_with_its_line(added: str, said: str) -> None:
    assert mistakes(HEAD + "\n" + added) == [f"sn-ZW.toml:{said}"]


@pytest.mark.parametrize(
    "text",
    [
        '[[service]]\nid = "a"\nname = "n"\nkind = "helpline"\nnote = "or 0800 123 456"\n',
        '[[avoid]]\nid = "a"\nword = "w"\nreason = "call 4567"\ninstead = "i"\n',
        '[swaps]\nwork = ["077 123 4567"]\n',
    ],
)
def test_a_number_stands_nowhere_but_in_the_number_of_a_service(text: str) -> None:
    (said,) = mistakes(HEAD + "\n" + text)
    assert said.endswith("looks like a telephone number; only a service has one")


def test_what_is_no_toml_is_one_mistake() -> None:
    assert len(mistakes("[community\n")) == 1
    assert mistakes('[community]\ntag = "sw"\nname = "n"\nplace = "p"\n') == [
        'sn-ZW.toml:2: "tag" must be the name of the file, sn-ZW'
    ]


def test_a_file_is_named_by_its_tag() -> None:
    said = mistakes(HEAD.replace("sn-ZW", "sn_zw"), "sn_zw")
    assert said == [
        "sn_zw.toml:1: a profile is named by a language tag, such as sw-KE; sn_zw is none"
    ]


def test_the_files_that_ship_are_as_an_export_would_write_them() -> None:
    profiles, wrong = read_profiles(ROOT)
    assert wrong == []
    for profile in profiles:
        written = (ROOT / FOLDER / f"{profile.tag}.toml").read_text(encoding="utf-8")
        assert write(profile) == written, profile.tag


def test_every_placeholder_has_an_english_value() -> None:
    (english,) = [each for each in read_profiles(ROOT)[0] if each.tag == "en"]
    assert [entry.slug for entry in english.of("swaps")] == list(SWAPS)


def test_a_machine_s_draft_is_agreed_by_nobody() -> None:
    for profile in read_profiles(ROOT)[0]:
        assert {entry.state for entry in profile.entries} <= {"draft"}, profile.tag
        assert profile.of("sign_off") == [], profile.tag


def test_a_placeholder_without_a_value_is_a_mistake(root: Path) -> None:
    (root / FOLDER).mkdir()
    english = '[community]\ntag = "en"\nname = "n"\nplace = "p"\n[swaps]\nfood = ["bread"]\n'
    (root / FOLDER / "en.toml").write_text(english, encoding="utf-8")
    (root / "content/m1/extra.md").write_text("{food.1}\n{food.2} {hat.1}\n", encoding="utf-8")
    quiz = sorted((root / "quizzes").glob("*.toml"))[0]
    with quiz.open("a", encoding="utf-8") as file:
        file.write("# {food.1}\n")
    lines = len(quiz.read_text(encoding="utf-8").splitlines())
    assert [str(each) for each in check_communities(root)] == [
        "content/m1/extra.md:2: {food.2} has no value in content/communities/en.toml",
        "content/m1/extra.md:2: {hat.1} has no value in content/communities/en.toml",
        f"quizzes/{quiz.name}:{lines}: a questionnaire holds no placeholder, but {{food.1}}",
    ]


def test_every_section_can_be_written_and_read_again() -> None:
    text = HEAD + "\n".join(
        [
            "",
            '[[term]]\nid = "goal"\nterm = "chinangwa"\nmeaning = "m"\nstatus = "agreed"',
            "",
            '[swaps]\nfood = ["sadza", "hove"]',
            "",
            '[promotion]\nmeanings = ["community_control"]\nstatus = "draft"',
            "",
            '[[law]]\nid = "suicide"\ntopic = "suicide"\nknown = "unknown"\nstatus = "draft"',
            "",
            '[[service]]\nid = "bench"\nname = "Bench"\nnumber = "1234"\nkind = "helpline"',
            "",
            '[[sign_off]]\nid = "a"\nreader = "native"\npseudonym = "R"\ndate = 2026-11-22\n',
        ]
    )
    profile, wrong = read_profile(text.encode(), "f", "sn-ZW")
    assert wrong == []
    assert profile is not None
    assert write(profile) == text
    assert {entry.section for entry in profile.entries} < set(SECTIONS)
