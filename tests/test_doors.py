"""Which language somebody is led to, by what the browser asks for or by the address."""

import pytest
from flask import Flask

from edu.doors import _offered_for

SHIPPED = ["en", "es-CO", "es-419", "sw", "sw-KE", "ar", "hi", "ta", "ta-LK"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("sw-KE-x-kibera", "sw-KE"),
        ("sw-TZ", "sw"),
        ("ES_co", "es-CO"),
        ("es", "es-419"),
        ("es-ES", "es-419"),
        ("es-AR", "es-419"),
        ("ta-IN", "ta"),
        ("ar-SY", "ar"),
        ("en-GB-scotland", "en"),
        ("fr", None),
        ("nb", None),
        ("", None),
        ("not a tag", None),
        ("x-private", None),
    ],
)
def test_everybody_is_led_to_the_nearest_language_on_offer(wanted: str, found: str | None) -> None:
    assert _offered_for(wanted, SHIPPED) == found


@pytest.mark.parametrize(
    ("asked", "address"),
    [("sw-KE,en;q=0.5", "/sw-KE/"), ("fr,ar;q=0.8", "/ar/"), ("fr", "/en/"), ("", "/en/")],
)
def test_the_first_address_leads_to_what_the_browser_asks_for(
    house: Flask, asked: str, address: str
) -> None:
    page = house.test_client().get("/", headers={"Accept-Language": asked})
    assert (page.status_code, page.headers["Location"]) == (302, address)
    assert page.headers["Vary"] == "Accept-Language"
