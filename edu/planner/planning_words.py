"""What partners, settings and the nine questions are called, in the language of the page."""

from typing import NamedTuple

from flask_babel import gettext as _

from edu.programmes.planning_models import PartnerKind, Setting


def partner_kind(kind: str) -> str:
    """What a partner is."""
    return {
        PartnerKind.NGO.value: _("NGO"),
        PartnerKind.CLINIC.value: _("Clinic or health service"),
        PartnerKind.AUTHORITY.value: _("Local authority or ministry"),
        PartnerKind.USERS_GROUP.value: _("Group of people with lived experience"),
        PartnerKind.FAITH.value: _("Faith group"),
        PartnerKind.SCHOOL.value: _("School or college"),
        PartnerKind.EMPLOYER.value: _("Employer"),
        PartnerKind.SUBSTANCE_USE.value: _("Programme on alcohol or drug use"),
        PartnerKind.PRIVATE.value: _("Private company or practice"),
    }[kind]


def setting_name(setting: str) -> str:
    """Where people live or meet."""
    return {
        Setting.VILLAGE.value: _("Village"),
        Setting.TOWN.value: _("Town or city"),
        Setting.SCHOOL.value: _("School or college"),
        Setting.WORKPLACE.value: _("Workplace"),
        Setting.CLINIC.value: _("Clinic or health service"),
        Setting.CAMP.value: _("Camp"),
        Setting.SETTLEMENT.value: _("Settlement"),
        Setting.HOSTEL.value: _("Hostel or shelter"),
        Setting.ONLINE.value: _("Online"),
        Setting.OTHER.value: _("Somewhere else"),
    }[setting]


class Question(NamedTuple):
    """A page of the wizard: its short name, what it asks, and what helps to answer."""

    title: str
    asks: str
    hint: str


def question(name: str) -> Question:
    """A page of the wizard in words."""
    return (_of_people() | _of_help() | _of_the_end())[name]


def _of_people() -> dict[str, Question]:
    return {
        "people": Question(
            _("People"),
            _("Who lives here?"),
            _("Ages, languages, work, faith, who came lately, who may leave soon."),
        ),
        "words": Question(
            _("Words"),
            _("Which words do people use for distress and for mental ill health?"),
            _("Write down kind words and words that hurt, in the language of the place."),
        ),
        "matters": Question(
            _("What matters most"),
            _("What does a person here need so that others respect her?"),
            _("For example work, marriage, land, faith or school. Stigma hurts most there."),
        ),
        "trusted": Question(
            _("Who is trusted"),
            _("Whom do people ask when somebody is not well?"),
            _("By role, without names: a midwife, an elder, a healer, a teacher."),
        ),
        "strengths": Question(
            _("Strengths"),
            _("What helps people here to stay well and to get through hard times?"),
            _("Look in three rings. One is enough to go on; all three are better."),
        ),
    }


def _of_help() -> dict[str, Question]:
    return {
        "services": Question(
            _("Services and helplines"),
            _("Which services and helplines can people here really reach?"),
            _("Call each of them before you write it down. If there is none, say so."),
        ),
        "hurtful": Question(
            _("Practices that hurt"),
            _("What is done to people with mental ill health that hurts them?"),
            _("Describe it without blame. If you know of nothing, say so."),
        ),
        "risks": Question(
            _("Risks"),
            _("What could go wrong through the programme, and for whom?"),
            _("For example gossip, anger at home, trouble with the law or at work."),
        ),
        "voices": Question(
            _("Voices that are missing"),
            _("Who was not heard yet?"),
            _("For example women, young people, carers, people without a home."),
        ),
    }


def _of_the_end() -> dict[str, Question]:
    return {
        "asked": Question(
            _("Who was asked"),
            _("Which members of the community helped to answer?"),
            _("Two at least, one on each line. Write their role, never a name."),
        ),
        "gaps": Question(
            _("Gaps"),
            _("What is missing here, and what do you not know yet?"),
            _("Services, places, words, people. You may leave this empty."),
        ),
    }


def part_name(part: str) -> str:
    """A field of the wizard; of most pages there is only one."""
    return {
        "text": _("Your answer"),
        "me": _("Me: what one person can do"),
        "my-people": _("My people: family, friends, neighbours"),
        "our-place": _("Our place: groups, work, faith, land, services"),
    }[part]
