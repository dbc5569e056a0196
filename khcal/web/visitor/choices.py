"""The filters of the list as a form shows them: what may be chosen, what is chosen, how many hits."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from khcal.calendaring import phrases
from khcal.calendaring.filters import Filters
from khcal.calendaring.terms import AUDIENCE_FILTERS, FORM_FILTERS, KIND_FILTERS, SIGNUP_FILTERS
from khcal.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter: the name of its parameter, what is asked, and its values with their words."""

    name: str
    label: str
    everything: str
    options: tuple[tuple[str, str], ...]
    chosen: str

    @property
    def words(self) -> str:
        """What is chosen, as a reader sees it; empty when nothing is."""
        return dict(self.options).get(self.chosen, "")


@dataclass(frozen=True, slots=True)
class Choices:
    """The whole form, ``total``, the number of dates that it leaves, and ``query``, its parameters."""

    address: str
    kind: Choice
    audience: Choice
    form: Choice
    signup: Choice
    text: str
    total: int
    query: dict[str, str]

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is chosen."""
        return bool(self._words())

    @property
    def has_rest(self) -> bool:
        """Whether one of the filters that lie folded is chosen."""
        return bool(self.form.chosen or self.signup.chosen)

    @property
    def summary(self) -> str:
        """``12 tillfällen: Samtal, Närstående``, said when the list changes."""
        counted = phrases.dates_counted(self.total)
        return f"{counted}: {self.words}" if self.is_narrowed else counted

    @property
    def words(self) -> str:
        """``Samtal, Närstående``: what is chosen."""
        return ", ".join(self._words())

    @property
    def without(self) -> list[tuple[str, dict[str, str]]]:
        """Each thing that is chosen, and the parameters that are left without it."""
        return [
            (words, {other: value for other, value in self.query.items() if other != name})
            for words, name in zip(self._words(), self.query, strict=True)
        ]

    def _words(self) -> list[str]:
        """In the order of ``query``."""
        searched = f"”{self.text}”" if self.text else ""
        found = (self.kind.words, self.audience.words, self.form.words, self.signup.words, searched)
        return [words for words in found if words]


def choices(chapter: str, filters: Filters, total: int) -> Choices:
    """The form for the list of a house as ``filters`` leave it."""
    chosen = filters.as_query
    return Choices(
        address=url_for("programme.dates", chapter=chapter),
        kind=Choice("typ", _("Vad?"), _("Allt"), _kinds(), chosen.get("typ", "")),
        audience=Choice("for", _("För vem?"), _("Alla grupper"), _audiences(), chosen.get("for", "")),
        form=Choice("form", _("Hur?"), _("På alla sätt"), _forms(), chosen.get("form", "")),
        signup=Choice(
            "anmalan", _("Anmälan?"), _("Spelar ingen roll"), _signups(), chosen.get("anmalan", "")
        ),
        text=chosen.get("sok", ""),
        total=total,
        query=chosen,
    )


def _kinds() -> tuple[tuple[str, str], ...]:
    return tuple((value, phrases.kind_label(kind)) for value, kind in KIND_FILTERS.items())


def _audiences() -> tuple[tuple[str, str], ...]:
    return tuple((value, phrases.audience_label({code})) for value, code in AUDIENCE_FILTERS.items())


def _forms() -> tuple[tuple[str, str], ...]:
    return tuple((value, phrases.form_label(forms[0])) for value, forms in FORM_FILTERS.items())


def _signups() -> tuple[tuple[str, str], ...]:
    words = {
        "utan": _("Utan anmälan"),
        "drop-in": _("Drop-in"),
        "anmalan": _("Med anmälan"),
        "bokad-tid": _("Bokad tid"),
    }
    return tuple((value, words[value]) for value in SIGNUP_FILTERS)
