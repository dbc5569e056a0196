"""What a visitor narrows a list to, as words of an address."""

from __future__ import annotations

from khcal.calendaring.filters import NO_FILTERS, Filters, read_filters
from khcal.calendaring.terms import Audience, Form, Kind, Signup
from tests.tables import for_each


def test_no_words_narrow_nothing() -> None:
    assert read_filters({}) == (NO_FILTERS, [])
    assert not NO_FILTERS


def test_every_filter_at_once_in_its_fixed_order() -> None:
    filters, unknown = read_filters(
        {"sok": " Yoga ", "form": "digitalt", "anmalan": "drop-in", "for": "narstaende", "typ": "rad"}
    )
    assert (filters.kind, filters.audience, filters.forms, filters.signups, filters.text) == (
        Kind.ADVICE,
        Audience.RELATIVE,
        (Form.ONLINE, Form.HYBRID),
        (Signup.DROP_IN,),
        "yoga",
    )
    assert list(filters.as_query) == ["typ", "for", "form", "anmalan", "sok"]
    assert (filters.as_query["sok"], unknown) == ("Yoga", [])


@for_each("name", ["typ", "for", "form", "anmalan"])
def test_an_unknown_word_is_ignored_and_told(name: str) -> None:
    assert read_filters({name: "Påhittat"}) == (Filters(), ["Påhittat"])


def test_a_search_is_cut() -> None:
    assert len(read_filters({"sok": "a" * 5000})[0].text) == 100
