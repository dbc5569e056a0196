"""What a page says of the same values is written once; of others, and in another language, anew."""

from __future__ import annotations

from contextvars import copy_context
from dataclasses import replace

from flask import Flask
from markupsafe import Markup

from khcal.i18n import use_locale
from khcal.queries import house_page
from tests.moments import MOMENT

SIDE = "visitor/_side.html"


def test_the_same_values_find_what_was_written(sample_app: Flask) -> None:
    written = sample_app.jinja_env.globals["written"]
    with sample_app.test_request_context():
        first, again = (_house("sjuharad") for _ in range(2))
        assert first is not again
        assert written(SIDE, house=first) is written(SIDE, house=again)
        assert isinstance(written(SIDE, house=first), Markup)


def test_other_values_and_languages_are_written_anew(sample_app: Flask) -> None:
    written = sample_app.jinja_env.globals["written"]
    with sample_app.test_request_context():
        house = _house("sjuharad")
        own = written(SIDE, house=house)
        assert "<b>" not in written(SIDE, house=replace(house, hours="<b>Alltid</b>"))
        assert "Alltid" in written(SIDE, house=replace(house, hours="<b>Alltid</b>"))
        assert written("visitor/_notices.html", notices=()) != own
        elsewhere = copy_context()
        elsewhere.run(use_locale, "en_GB")
        assert elsewhere.run(written, SIDE, house=house) is not own


def _house(slug: str):
    page = house_page(slug, MOMENT.date())
    assert page is not None
    return page.house
