"""What administrators do with licensed scales, through pages and forms."""

from tests.people import StaffPerson, fields_of

AT = "/en/staff/instruments"


def says_licence(person: StaffPerson, shell: str, **changes: object):
    """Say that the organisation holds a licence."""
    values = {"terms": "Letter of the owner, 3 March 2026, number 17", "sure": "y"}
    return person.fills(f"{AT}/{shell}", f"{AT}/{shell}/licence", **values | changes)


def enter_words(person: StaffPerson, shell: str, tag: str, text: str, **changes: str):
    """Enter a text of our making in every place of a scale."""
    address = f"{AT}/{shell}/words/{tag}"
    page = person.opens(address)
    fields = fields_of(page)
    places = {name: f"{text} {number}" for number, name in enumerate(fields.texts)}
    sent = {"csrf_token": fields.hidden["csrf_token"], "began_from": fields.hidden["began_from"]}
    return person.sends(address, **sent | places | changes)
