"""Days that Swedes call by name, as they are typed → the day they are in a year.

The names of the almanac come from :mod:`khcal.calendaring.red_days`; here are the other ways to say them,
and the Sundays of Advent and Lucia, which are not free but well known.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from .. import clock, red_days

_SPELLINGS = {
    "nyårsdagen": "nyårsdagen",
    "trettondagsafton": "trettondagsafton",
    "trettondedag jul": "trettondedag jul",
    "trettondag jul": "trettondedag jul",
    "trettondagen": "trettondedag jul",
    "trettondedagen": "trettondedag jul",
    "trettondagjul": "trettondedag jul",
    "skärtorsdag": "skärtorsdagen",
    "skärtorsdagen": "skärtorsdagen",
    "långfredag": "långfredagen",
    "långfredagen": "långfredagen",
    "påskafton": "påskafton",
    "påskaftonen": "påskafton",
    "påskdagen": "påskdagen",
    "annandag påsk": "annandag påsk",
    "annan dag påsk": "annandag påsk",
    "annandagen påsk": "annandag påsk",
    "annandagpåsk": "annandag påsk",
    "valborg": "valborgsmässoafton",
    "valborgsmässoafton": "valborgsmässoafton",
    "valborgsmässoaftonen": "valborgsmässoafton",
    "första maj": "första maj",
    "kristi himmelsfärdsdag": "Kristi himmelsfärdsdag",
    "kristi himmelsfärdsdagen": "Kristi himmelsfärdsdag",
    "kristi himmelsfärd": "Kristi himmelsfärdsdag",
    "kristi himmelfärdsdag": "Kristi himmelsfärdsdag",
    "kristihimmelsfärdsdag": "Kristi himmelsfärdsdag",
    "pingstafton": "pingstafton",
    "pingstdagen": "pingstdagen",
    "nationaldagen": "nationaldagen",
    "sveriges nationaldag": "nationaldagen",
    "midsommarafton": "midsommarafton",
    "midsommaraftonen": "midsommarafton",
    "midsommardagen": "midsommardagen",
    "allhelgonaafton": "allhelgonaafton",
    "alla helgons dag": "alla helgons dag",
    "allhelgonadagen": "alla helgons dag",
    "lucia": "lucia",
    "luciadagen": "lucia",
    "första advent": "första advent",
    "andra advent": "andra advent",
    "tredje advent": "tredje advent",
    "fjärde advent": "fjärde advent",
    "julafton": "julafton",
    "juldagen": "juldagen",
    "annandag jul": "annandag jul",
    "annan dag jul": "annandag jul",
    "annandagen jul": "annandag jul",
    "annandagjul": "annandag jul",
    "nyårsafton": "nyårsafton",
    "nyårsaftonen": "nyårsafton",
}
# First word → the rest of each way to say it and what it means, longest first.
BY_FIRST_WORD: dict[str, list[tuple[tuple[str, ...], str]]] = {}
for _said, _name in sorted(_SPELLINGS.items(), key=lambda pair: -len(pair[0].split())):
    _first, *_rest = _said.split()
    BY_FIRST_WORD.setdefault(_first, []).append((tuple(_rest), _name))

# Feasts of several days and the first and last of them. Those of several words come first.
_EASTER, _WHITSUN = ("långfredagen", "annandag påsk"), ("pingstafton", "pingstdagen")
_MIDSUMMER, _CHRISTMAS = ("midsommarafton", "midsommardagen"), ("julafton", "annandag jul")
_NEW_YEAR = ("nyårsafton", "nyårsdagen")
FEASTS: dict[tuple[str, ...], tuple[str, str]] = {
    ("jul", "och", "nyår"): ("julafton", "nyårsdagen"),
    **{(said,): _EASTER for said in ("påsk", "påsken", "påskhelgen")},
    **{(said,): _WHITSUN for said in ("pingst", "pingsten", "pingsthelgen")},
    **{(said,): _MIDSUMMER for said in ("midsommar", "midsommaren", "midsommarhelgen")},
    **{(said,): _CHRISTMAS for said in ("jul", "julen", "julhelgen")},
    **{(said,): _NEW_YEAR for said in ("nyår", "nyåret", "nyårshelgen")},
}
WORDS = frozenset(word for said in _SPELLINGS for word in said.split())
_ADVENTS = ("första advent", "andra advent", "tredje advent", "fjärde advent")


@lru_cache(maxsize=1024)
def named_day_of(name: str, year: int) -> date | None:
    """The day with that name; ``None`` when a redder day on the same date hides it."""
    if name == "lucia":
        return date(year, 12, 13)
    if name in _ADVENTS:
        # The fourth Sunday before Christmas Day is the first of Advent.
        fourth = clock.monday_of(date(year, 12, 25)) - clock.ONE_DAY
        return fourth - timedelta(weeks=3 - _ADVENTS.index(name))
    days = red_days.named_days(year).items()
    return next((day for day, named in days if name in (named.name, *named.name.split(" och "))), None)


def red_name(day: date) -> str:
    """The name of a red day; nothing for other days."""
    named = red_days.named_day(day)
    if named is None or named.level is not red_days.Level.RED:
        return ""
    return named.name


def capital(text: str) -> str:
    """The same text with a capital first letter."""
    return text[:1].upper() + text[1:]
