"""What deeds, rights, offers and work are called, in the language of the page."""

from collections.abc import Iterable

from babel.dates import format_time
from babel.numbers import format_decimal
from flask_babel import gettext as _

from edu.account.wording import language_name, role_name
from edu.doors import day_in_words
from edu.languages import language
from edu.pages.speaking import spoken
from edu.partners.models import AuditEntry, Grant, Invitation
from edu.partners.roles import RIGHTS, Right, Role
from edu.partners.trail import Deed, Kind
from edu.server.choices import Offer, SecondStep
from edu.server.jobs import Work


def deed_words(deed: str) -> str:
    """What somebody did."""
    return {
        Deed.SIGNED_IN.value: _("Signed in"),
        Deed.SIGNED_OUT.value: _("Signed out"),
        Deed.SECOND_STEP_WRONG.value: _("Somebody took the second step wrongly"),
        Deed.PASSWORD_WRONG.value: _("Somebody typed a wrong password"),
        Deed.CHOSE_PASSWORD.value: _("Chose a new password"),
        Deed.CHOSE_SECOND_STEP.value: _("Chose a second step"),
        Deed.ADDED_PASSKEY.value: _("Added a passkey"),
        Deed.TOOK_PASSKEY.value: _("Took a passkey away"),
        Deed.PASSKEY_STOPPED.value: _("A passkey was stopped: there may be a copy of it"),
        Deed.CHOSE_ADDRESS.value: _("Changed the e-mail address"),
        Deed.ENDED_SESSION.value: _("Signed a device out"),
        Deed.MADE.value: _("Made"),
        Deed.RENAMED.value: _("Renamed"),
        Deed.CLOSED.value: _("Closed"),
        Deed.OPENED.value: _("Opened again"),
        Deed.INVITED.value: _("Invited somebody"),
        Deed.TOOK_BACK.value: _("Took back"),
        Deed.JOINED.value: _("Took a role by invitation"),
        Deed.GAVE_ROLE.value: _("Gave a role"),
        Deed.TOOK_ROLE.value: _("Took a role away"),
        Deed.GAVE_RESET.value: _("Made a link for a new password"),
        Deed.TOOK_SECOND_STEP.value: _("Took the second step away"),
        Deed.REMOVED.value: _("Removed from the organisation"),
        Deed.MADE_CARDS.value: _("Made cards"),
        Deed.WORKED_OUT.value: _("Worked out a report"),
        Deed.DOWNLOADED.value: _("Downloaded"),
        Deed.MOVED.value: _("Moved"),
        Deed.SET.value: _("Changed"),
        Deed.PUBLISHED.value: _("Had the pages made"),
        Deed.BACKED_UP.value: _("Had a backup made"),
        Deed.SIGNED.value: _("Signed for a text"),
        Deed.RELEASED.value: _("Released"),
        Deed.WAIVED.value: _("Decided that fewer readers must sign"),
        Deed.IMPORTED.value: _("Brought in from a file"),
        Deed.SHARED.value: _("Offered to others"),
        Deed.TOOK_OVER.value: _("Took over from others"),
        Deed.CONFIRMED.value: _("Called and confirmed"),
        Deed.WITHDREW.value: _("Withdrew"),
        Deed.DESTROYED.value: _("Destroyed"),
        Deed.TYPED.value: _("Typed in"),
        Deed.SETTLED.value: _("Decided between two readings"),
        Deed.CLAIMED.value: _("Said that there is a licence"),
        Deed.SENT.value: _("Sent"),
        Deed.DELETED.value: _("Deleted"),
        Deed.BEGAN.value: _("Opened for people to join"),
        Deed.EMERGENCY_ON.value: _("Turned the emergency on"),
        Deed.EMERGENCY_OFF.value: _("Turned the emergency off"),
    }.get(deed, deed)


def kind_words(kind: str) -> str:
    """To what kind of thing."""
    return {
        Kind.ACCOUNT.value: _("Account"),
        Kind.ORGANISATION.value: _("Organisation"),
        Kind.INVITATION.value: _("Invitation"),
        Kind.PROGRAMME.value: _("Programme"),
        Kind.GROUP.value: _("Group"),
        Kind.REPORT.value: _("Report"),
        Kind.SETTING.value: _("Setting"),
        Kind.LANGUAGE.value: _("Language"),
        Kind.ANNOUNCEMENT.value: _("Announcement"),
        Kind.PAGES.value: _("Pages"),
        Kind.BACKUP.value: _("Backup"),
        Kind.EDITION.value: _("Edition"),
        Kind.PROFILE.value: _("Community profile"),
        Kind.SERVICE.value: _("Service"),
        Kind.RECORDING.value: _("Recording"),
        Kind.PICTURE.value: _("A picture"),
        Kind.FILM.value: _("A film"),
        Kind.REVIEW_LINK.value: _("Link for readers"),
        Kind.LINK_KEY.value: _("Key for linking papers"),
        Kind.PAPER.value: _("Paper forms"),
        Kind.INSTRUMENT.value: _("Questionnaire"),
        Kind.LICENCE.value: _("Licence of a scale"),
        Kind.BODY.value: _("Organisation around a programme"),
        Kind.CHANNEL.value: _("Channel between organisations"),
        Kind.REFERRALS.value: _("Numbers of people sent on"),
        Kind.DISTRICT.value: _("District"),
        Kind.BRIEF.value: _("Brief for those who decide"),
        Kind.SESSION.value: _("Meeting of a group"),
        Kind.HANDS.value: _("Hands that were counted"),
        Kind.INCIDENT.value: _("Incident"),
        Kind.ACTION.value: _("Action of partners"),
        Kind.LOT.value: _("Lot among groups"),
        Kind.OBSERVED_SESSION.value: _("Observed session"),
        Kind.CARRIED.value: _("File for use without a network"),
    }.get(kind, kind)


def name_words(entry: AuditEntry) -> str:
    """Which one: settings are named in the readers' words, everything else by its own name."""
    if entry.object_kind != Kind.SETTING.value:
        return entry.object_name
    return {
        "second step": _("Who must have a second step?"),
        "months": _("How long answers are kept"),
    }.get(entry.object_name, entry.object_name)


def right_words(right: Right) -> str:
    """What somebody may do."""
    return {
        Right.LEAD_GROUPS: _("Make groups, give out codes and cards, see how far a group is"),
        Right.SEE_FIGURES: _("Read and download a group's report"),
        Right.SEE_TOTALS: _("See how many people a programme has reached"),
        Right.PLAN_PROGRAMMES: _("Make programmes and put groups into them"),
        Right.BEGIN_PROGRAMMES: _("Make a programme, and write its plan until it is in use"),
        Right.TRANSLATE: _("Write and adapt texts in a language"),
        Right.REVIEW: _("Sign for texts that somebody else wrote"),
        Right.PUBLISH: _("Release texts that others have signed"),
        Right.SAY_STILL_RIGHT: _("Say that a translation still fits a changed text"),
        Right.WAIVE_READERS: _("Decide that in a small language fewer readers must sign"),
        Right.CONFIRM_SERVICES: _("Write down that a helpline or service was called"),
        Right.LOOK_AFTER_MEMBERS: _("Invite people, give and take roles, help somebody back in"),
        Right.READ_TRAIL: _("Read who did what in the organisation"),
        Right.LOOK_AFTER_SERVER: _(
            "Decide about organisations, settings, languages, content, storage and announcements"
        ),
    }[right]


def who_may(right: Right) -> list[str]:
    """The names of the roles that have a right."""
    return [role_name(role) for role in Role if right in RIGHTS[role]]


def scope_words(held: Grant | Invitation, programmes: dict[int, str]) -> str:
    """For what a role is held, when not for everything."""
    if held.language:
        return language_name(held.language)
    if held.programme_id is not None:
        return programmes.get(held.programme_id, "")
    return ""


def second_step_words(choice: SecondStep) -> str:
    """Who must have a second step, with what follows."""
    return {
        SecondStep.EVERYBODY: _(
            "Everybody who signs in. A stolen password alone opens nothing. This is the safest."
        ),
        SecondStep.ADMINISTRATORS: _(
            "Only administrators and whoever looks after the server. With a trainer's stolen "
            "password somebody could read reports of groups."
        ),
        SecondStep.NOBODY: _(
            "Nobody. Whoever learns a password can do all that its owner may do. Choose this only "
            "where a second step cannot work at all."
        ),
    }[choice]


def offer_words(offer: Offer) -> str:
    """How a language is offered, with what follows."""
    return {
        Offer.EVERYBODY: _("Everybody may choose it."),
        Offer.BEGUN: _(
            "Only people and groups who have begun in it. Nobody else can choose it, and no new "
            "group. Its pages stay where they are."
        ),
        Offer.NOBODY: _(
            "Nobody. Its pages are taken away, and its addresses lead to the nearest language. "
            "People who have begun in it go on there; nothing they did is lost."
        ),
    }[offer]


def offer_name(offer: Offer) -> str:
    """How a language is offered, in one or two words."""
    return {
        Offer.EVERYBODY: _("On offer"),
        Offer.BEGUN: _("For those who have begun"),
        Offer.NOBODY: _("Taken away"),
    }[offer]


def work_name(work: Work) -> str:
    """What is being done."""
    return {
        Work.PUBLISH: _("Checking the content and making the pages"),
        Work.BACKUP: _("Making a backup"),
        Work.EVALUATE: _("Working out reports of programmes"),
        Work.FILMS: _("Making films small"),
        Work.EXAMINE: _("Looking through all files and the whole database"),
    }[work]


def state_name(state: str) -> str:
    """The state of a release."""
    return {
        "original": _("Original"),
        "draft": _("Draft translation"),
        "reviewed": _("Reviewed translation"),
    }[state]


def sort_name(sort: str) -> str:
    """How a block differs from the one before."""
    return {"added": _("New"), "removed": _("Taken out"), "changed": _("Changed")}[sort]


def level_name(level: int) -> str:
    """How bad a finding is."""
    return (_("Fine"), _("To do"), _("Serious"))[level]


def about(number: int | None) -> str:
    """A number of people that was rounded down to tens."""
    if number is None:
        return _("fewer than 10")
    return _("%(number)s or more", number=number_words(number))


def number_words(number: float) -> str:
    """A number as readers of the language spoken write it."""
    return str(format_decimal(number, locale=language(spoken()).formatting))


def size_words(size: int) -> str:
    """A number of bytes."""
    if size < 1_000_000:
        return _("%(size)s kB", size=number_words(max(1, round(size / 1000))))
    if size < 1_000_000_000:
        return _("%(size)s MB", size=number_words(round(size / 1_000_000, 1)))
    return _("%(size)s GB", size=number_words(round(size / 1_000_000_000, 1)))


def by_day(entries: Iterable[AuditEntry]) -> list[tuple[str, list[AuditEntry]]]:
    """Lines of the trail under their days, in words."""
    days: list[tuple[str, list[AuditEntry]]] = []
    for entry in entries:
        day = day_in_words(entry.at.date())
        if not days or days[-1][0] != day:
            days.append((day, []))
        days[-1][1].append(entry)
    return days


def clock(entry: AuditEntry) -> str:
    """The time of a line, in UTC."""
    return str(format_time(entry.at.time(), "HH:mm", locale=language(spoken()).formatting))
