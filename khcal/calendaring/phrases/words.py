"""The labels of the fixed vocabularies, and small words around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextvars import copy_context
from functools import wraps
from typing import ParamSpec, TypeVar

from babel.numbers import format_decimal

from khcal.i18n import DEFAULT_LOCALE, current_locale, ngettext, use_locale
from khcal.i18n import gettext as _

from ..terms import Audience, Fact, Form, Kind
from .moments import NBSP

P = ParamSpec("P")
R = TypeVar("R")


def N_(message: str) -> str:  # noqa: N802 - the name by which extractors find messages
    """Mark a text for the catalogue; it is translated where it is said."""
    return message


KINDS = {
    Kind.CONVERSATION: N_("Samtal"),
    Kind.MOVEMENT: N_("Rörelse"),
    Kind.CALM: N_("Lugn"),
    Kind.CREATIVE: N_("Skapande"),
    Kind.KNOWLEDGE: N_("Kunskap"),
    Kind.ADVICE: N_("Råd"),
    Kind.COMMUNITY: N_("Gemenskap"),
    Kind.ASSOCIATION: N_("Förening"),
    Kind.CLOSURE: N_("Stängt"),
}
AUDIENCES = {
    Audience.EVERYONE: N_("Alla cancerberörda"),
    Audience.PATIENT: N_("Du som har eller har haft cancer"),
    Audience.RELATIVE: N_("Närstående"),
    Audience.BEREAVED: N_("Efterlevande"),
    Audience.FAMILY: N_("Barn och familj"),
    Audience.YOUNG_ADULT: N_("Unga vuxna"),
    Audience.MEMBER: N_("Medlemmar"),
    Audience.VOLUNTEER: N_("Volontärer"),
}
FORMS = {
    Form.ONSITE: N_("På plats"),
    Form.ONLINE: N_("Digitalt"),
    Form.HYBRID: N_("På plats och digitalt"),
    Form.OUTDOORS: N_("Utomhus"),
}
FACTS = {
    Fact.STEP_FREE: N_("Utan trappsteg"),
    Fact.CALM: N_("Lugnt tempo"),
    Fact.SEATED: N_("Går att göra sittande"),
    Fact.HEARING_LOOP: N_("Hörslinga finns"),
}
LANGUAGES = {
    "sv": N_("På svenska"),
    "en": N_("På engelska"),
    "fi": N_("På finska"),
    "ar": N_("På arabiska"),
}


def kind_label(kind: Kind) -> str:
    """``Samtal``."""
    return _(KINDS[kind])


def any_activity() -> str:
    """``Aktivitet``: what may be said of any date."""
    return _("Aktivitet")


def audience_label(audience: Iterable[Audience]) -> str:
    """``Närstående och efterlevande``, in the order of the vocabulary."""
    chosen = set(audience)
    words = [_(text) for code, text in AUDIENCES.items() if code in chosen]
    return listing([*words[:1], *(word[:1].lower() + word[1:] for word in words[1:])])


def form_label(form: Form) -> str:
    """``På plats``."""
    return _(FORMS[form])


def fact_label(fact: Fact) -> str:
    """``Utan trappsteg``."""
    return _(FACTS[fact])


def language_label(language: str) -> str:
    """``På finska``; a language without a name here is named by its code."""
    return _(LANGUAGES.get(language, language))


def price_label(price: int) -> str:
    """``Kostnadsfritt`` or ``50 kr``."""
    if price == 0:
        return _("Kostnadsfritt")
    amount = format_decimal(price, locale=current_locale())
    return _("{amount} kr").format(amount=amount).replace(" ", NBSP)


def dates_counted(number: int) -> str:
    """``1 tillfälle``, ``12 tillfällen``."""
    return ngettext("%(num)s tillfälle", "%(num)s tillfällen", number) % {"num": number}


def listing(words: Iterable[str]) -> str:
    """``a, b och c``."""
    *start, last = list(words) or [""]
    return _("{words} och {last}").format(words=", ".join(start), last=last) if start else last


def capital(text: str) -> str:
    """The same text with a capital first letter, the rest untouched."""
    return text[:1].upper() + text[1:]


def in_swedish(say: Callable[P, R]) -> Callable[P, R]:
    """Let ``say`` speak Swedish whatever the reader's language: for texts that many share."""

    @wraps(say)
    def swedish(*values: P.args, **named: P.kwargs) -> R:
        context = copy_context()
        context.run(use_locale, DEFAULT_LOCALE)
        return context.run(say, *values, **named)

    return swedish
