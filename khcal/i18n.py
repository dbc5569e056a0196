"""The language of the page: Swedish source text, catalogues for the other languages.

Swedish needs no catalogue, so ``_("Inställt")`` is what a reader sees until somebody asks for English.
"""

from __future__ import annotations

from contextvars import ContextVar
from functools import cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

DEFAULT_LOCALE = "sv_SE"
_CATALOGUES = Path(__file__).parent / "translations"
_locale: ContextVar[str] = ContextVar("locale", default=DEFAULT_LOCALE)


def current_locale() -> str:
    """The locale that texts and dates are written in now, with territory: ``sv_SE``."""
    return _locale.get()


def use_locale(locale: str) -> None:
    """Write texts and dates in ``locale`` for the rest of this context."""
    _locale.set(locale)


def gettext(message: str) -> str:
    """Translate Swedish source text into the current locale."""
    return _translations(current_locale()).gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Translate Swedish source text that depends on a number."""
    return _translations(current_locale()).ngettext(singular, plural, number)


_ = gettext


@cache
def _translations(locale: str) -> NullTranslations:
    """Read a ``.po`` catalogue into memory; no compiled file is kept anywhere."""
    source = _CATALOGUES / f"{locale}.po"
    if not source.exists():
        return NullTranslations()
    with source.open("rb") as lines:
        catalogue = read_po(lines, locale=locale)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)
