"""What a visitor narrows a list to: read from an address, written back into one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .terms import (
    AUDIENCE_FILTERS,
    FORM_FILTERS,
    KIND_FILTERS,
    SIGNUP_FILTERS,
    Audience,
    Form,
    Kind,
    Signup,
)

LONGEST_SEARCH = 100
# What may be chosen, by parameter; what is searched for may be anything.
VALUES: Mapping[str, Mapping[str, object]] = {
    "typ": KIND_FILTERS,
    "for": AUDIENCE_FILTERS,
    "form": FORM_FILTERS,
    "anmalan": SIGNUP_FILTERS,
}
NAMES = (*VALUES, "sok")


@dataclass(frozen=True, slots=True)
class Filters:
    """A narrowed list. ``words`` are the values as they stand in the address, by parameter name."""

    kind: Kind | None = None
    audience: Audience | None = None
    forms: tuple[Form, ...] = ()
    signups: tuple[Signup, ...] = ()
    text: str = ""
    words: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def as_query(self) -> dict[str, str]:
        """The parameters that give this list again, in their fixed order."""
        return dict(self.words)


NO_FILTERS = Filters()


def read_filters(arguments: Mapping[str, str]) -> tuple[Filters, list[str]]:
    """Read ``typ``, ``for``, ``form``, ``anmalan`` and ``sok``; also returns the values not understood."""
    given = {name: _printable(arguments.get(name, "")).strip() for name in NAMES}
    text = given["sok"][:LONGEST_SEARCH]
    known = {name: given[name] in values for name, values in VALUES.items()} | {"sok": bool(text)}
    filters = Filters(
        kind=KIND_FILTERS.get(given["typ"]),
        audience=AUDIENCE_FILTERS.get(given["for"]),
        forms=FORM_FILTERS.get(given["form"], ()),
        signups=SIGNUP_FILTERS.get(given["anmalan"], ()),
        text=text.casefold(),
        words=tuple((name, text if name == "sok" else given[name]) for name in NAMES if known[name]),
    )
    return filters, [value for name, value in given.items() if value and not known[name]]


def _printable(text: str) -> str:
    """Without signs that nobody types, which not every database can search for."""
    return "".join(letter for letter in text if letter.isprintable())
