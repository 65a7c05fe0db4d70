"""The directory as a table for spreadsheets: a row for each service, and one for each gap."""

from collections.abc import Iterable

from edu.outcomes.table import csv_of
from edu.programmes.directory import Page, Service

COLUMNS = (
    "district",
    "kind",
    "state",
    "name",
    "cost",
    "languages",
    "reached",
    "confirmed_on",
    "confirmed_by",
)


def directory_csv(pages: Iterable[Page]) -> str:
    """Every district with every kind; a kind without a service is a row that says "gap"."""
    rows = []
    for page in pages:
        place = page.district.name if page.district is not None else ""
        for cell in page.cells:
            named = {"district": place, "kind": cell.kind.value}
            empty = dict.fromkeys(COLUMNS[3:], "")
            told = [_service(each) for each in cell.services]
            rows += [named | each for each in told or [{"state": cell.state.value} | empty]]
    return csv_of(rows, COLUMNS)


def _service(service: Service) -> dict[str, str]:
    return {
        "state": "there" if service.there else "not confirmed",
        "name": service.name,
        "cost": service.cost.value or service.cost_words,
        "languages": service.languages,
        "reached": service.reached,
        "confirmed_on": service.confirmed_on.isoformat() if service.confirmed_on else "",
        "confirmed_by": service.confirmed_by,
    }
