"""How khcal says a day, a time, a state or a rule to a reader: the one place for wording and Babel.

Pure functions of values and row shapes. Clocks have a point and spans an en dash, as Swedish wants
("kl. 13.00–15.00"); what belongs together is held together by a no-break space. Dates are in small
letters: ``capital`` begins a heading. All of them are also filters in the templates.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .moments import (
    DASH,
    NBSP,
    at_span,
    clock_time,
    day,
    day_and_time,
    day_of_days,
    day_with_year,
    days,
    hours,
    month,
    month_name,
    near_day,
    relative_day,
    short_date,
    span,
    week,
    week_with_days,
    weekday,
    when,
)
from .news import (
    cancelled_sentence,
    headline,
    moved_here_sentence,
    moved_sentence,
    next_sentence,
    note_beside_news,
    places_label,
    status_word,
    vacancy_label,
)
from .rules import rule_fault, rule_in_words
from .screens import moment_in_words
from .signup import signup_label, signup_word
from .words import (
    any_activity,
    audience_label,
    capital,
    dates_counted,
    fact_label,
    form_label,
    in_swedish,
    kind_label,
    language_label,
    listing,
    price_label,
)

FILTERS: tuple[Callable[..., Any], ...] = (
    *(
        at_span,
        clock_time,
        day,
        day_and_time,
        day_of_days,
        day_with_year,
        days,
        hours,
        month,
        month_name,
        near_day,
    ),
    *(relative_day, short_date, span, week, week_with_days, weekday, when),
    *(cancelled_sentence, headline, moved_here_sentence, moved_sentence, next_sentence, note_beside_news),
    *(places_label, status_word, vacancy_label),
    *(rule_in_words, signup_label, signup_word),
    *(audience_label, capital, dates_counted, fact_label, form_label, kind_label, language_label, listing),
    price_label,
    moment_in_words,
)

__all__ = [
    "DASH",
    "NBSP",
    "any_activity",
    "at_span",
    "audience_label",
    "cancelled_sentence",
    "capital",
    "clock_time",
    "dates_counted",
    "day",
    "day_and_time",
    "day_of_days",
    "day_with_year",
    "days",
    "fact_label",
    "filters",
    "form_label",
    "headline",
    "hours",
    "in_swedish",
    "kind_label",
    "language_label",
    "listing",
    "moment_in_words",
    "month",
    "month_name",
    "moved_here_sentence",
    "moved_sentence",
    "near_day",
    "next_sentence",
    "note_beside_news",
    "places_label",
    "price_label",
    "relative_day",
    "rule_fault",
    "rule_in_words",
    "short_date",
    "signup_label",
    "signup_word",
    "span",
    "status_word",
    "vacancy_label",
    "week",
    "week_with_days",
    "weekday",
    "when",
]


def filters() -> dict[str, Callable[..., Any]]:
    """Every phrase by its own name, for a template engine."""
    return {phrase.__name__: phrase for phrase in FILTERS}
