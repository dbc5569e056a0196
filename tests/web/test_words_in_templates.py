"""What templates say of days and times they say by the phrases' own names."""

from __future__ import annotations

from jinja2 import Environment

from khcal.calendaring import phrases
from tests.moments import MOMENT


def test_templates_know_every_phrase_as_a_filter() -> None:
    templates = Environment(autoescape=True)
    templates.filters.update(phrases.filters())
    told = templates.from_string("{{ d|day|capital }}").render(d=MOMENT.date())
    assert told == "Tisdag 24\N{NO-BREAK SPACE}november"
    assert not {"filters", "date", "N_"} & set(phrases.filters())
