"""Bring in a programme from a file or from pasted cells: what to read, and what its words mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Self

from wtforms import Field, FileField, SelectField, TextAreaField

from khcal.calendaring import phrases
from khcal.calendaring.column_mapping import MEANINGS
from khcal.calendaring.import_words import (
    AS_PLACE,
    NEW_ROOM,
    NOTHING,
    THIS_HOUSE,
    VOCABULARIES,
    Answers,
    Known,
    Word,
)
from khcal.calendaring.phrases.words import N_
from khcal.calendaring.reading_bytes import MOST_BYTES
from khcal.calendaring.terms import (
    AUDIENCE_WORDS,
    FORM_WORDS,
    KIND_WORDS,
    SIGNUP_WORDS,
    Audience,
    Form,
    Kind,
    Signup,
)
from khcal.i18n import gettext as _

from .swedish import SwedishForm

COLUMN = "kolumn-"
_MEANINGS = {
    "titel": N_("Titel"),
    "när": N_("När, med ord"),
    "dag": N_("Dag"),
    "tid": N_("Tid, till exempel 13–15"),
    "starttid": N_("Börjar"),
    "sluttid": N_("Slutar"),
    "typ": N_("Slag"),
    "målgrupp": N_("För vem"),
    "rum": N_("Rum"),
    "plats": N_("Plats"),
    "adress": N_("Adress"),
    "form": N_("Hur deltar man"),
    "anmälan": N_("Anmälan"),
    "anmälan_senast": N_("Sista dag att anmäla sig"),
    "beskrivning": N_("Beskrivning"),
    "ledare": N_("Ledare"),
    "pris_kr": N_("Pris i kronor"),
    "platser": N_("Antal platser"),
    "digital_info": N_("Om det digitala mötet"),
    "tillgänglighet": N_("Om tillgänglighet"),
    "intern_anteckning": N_("Anteckning för personalen"),
    "språk": N_("Språk"),
    "avdelning": N_("Hus"),
}
_ASKED = {
    "typ": N_("Slaget ”{word}”"),
    "målgrupp": N_("”{word}” (för vem)"),
    "form": N_("”{word}” (hur deltar man)"),
    "anmälan": N_("”{word}” (anmälan)"),
    "rum": N_("Rummet ”{word}”"),
    "avdelning": N_("Huset ”{word}”"),
}
# Field names of what is said once for all rows, with our column, label, and the word one begins with.
_FOR_ALL = {
    "slag": ("typ", N_("Slag"), KIND_WORDS[Kind.CONVERSATION]),
    "for": ("målgrupp", N_("För vem"), AUDIENCE_WORDS[Audience.EVERYONE]),
    "form": ("form", N_("Hur deltar man"), FORM_WORDS[Form.ONSITE]),
    "anmalan": ("anmälan", N_("Anmälan"), SIGNUP_WORDS[Signup.DROP_IN]),
}
_LENGTHS = (
    ("", N_("Säg till om raden")),
    ("60", N_("1 timme")),
    ("90", N_("1,5 timme")),
    ("120", N_("2 timmar")),
    ("180", N_("3 timmar")),
)


class ImportForm(SwedishForm):
    """A file, or cells that were copied in a spreadsheet."""

    file = FileField(N_("Fil från datorn"))
    pasted = TextAreaField(N_("Eller celler från Excel"))

    @cached_property
    def content(self) -> bytes:
        """The bytes of whichever was given, the file first; not more than may be read."""
        return self._of_file or (self.pasted.data or "").encode()

    @property
    def is_pasted(self) -> bool:
        """Whether the content is what was pasted."""
        return not self._of_file

    @cached_property
    def _of_file(self) -> bytes:
        sent = self.file.data
        data: bytes = sent.read(MOST_BYTES + 1) if hasattr(sent, "read") else b""
        return data

    def ask_for_file(self) -> Self:
        """Say that a file must be chosen again: of a form that is brought back only its name is left."""
        if isinstance(self.file.data, str) and self.file.data:
            told = _("Filen ”{name}” kunde inte följa med genom inloggningen. Välj den igen.")
            self.file.errors = [told.format(name=self.file.data[:80])]
        return self

    def refuse(self, sentence: str) -> None:
        """Why nothing could be read, at the field that was used."""
        field = self.pasted if self.pasted.data else self.file
        field.errors = [*field.errors, sentence]


class AnswersForm(SwedishForm):
    """What columns and words mean. Its fields are made for what is read: see :func:`answers_form`."""

    words: Sequence[Word] = ()

    def column_fields(self) -> list[Field]:
        """A choice for each column, in their order."""
        return [field for field in self if field.name.startswith(COLUMN)]

    def word_fields(self) -> list[Field]:
        """A choice for each word that is not known."""
        return [self[word.field] for word in self.words]

    def common_fields(self) -> list[Field]:
        """What is said once for all rows."""
        return [self[name] for name in (*_FOR_ALL, "langd") if name in self]

    def columns(self, suggested: Sequence[str]) -> tuple[str, ...]:
        """What each column means, as chosen, or as suggested where nothing was asked."""
        chosen = self.column_fields()
        return tuple(field.data or "" for field in chosen) if chosen else tuple(suggested)

    def answers(self) -> Answers:
        """Everything else that was chosen."""
        words = {word.field: self[word.field].data or "" for word in self.words}
        defaults = {column: self[name].data for name, (column, _l, _d) in _FOR_ALL.items() if name in self}
        length = self["langd"].data if "langd" in self else ""
        return Answers(words, defaults or _defaults(), int(length) if length else None)


def answers_form(
    sent: Mapping[str, Any] | None,
    words: Sequence[Word],
    known: Known,
    columns: Sequence[tuple[str, str]] = (),
    asks_for_all: bool = False,
    asks_for_length: bool = False,
) -> AnswersForm:
    """The form for ``words`` and ``columns`` (heading and what it is suggested to mean)."""
    asked: dict[str, tuple[str, list[tuple[str, str]], str]] = {}
    for number, (heading, meaning) in enumerate(columns):
        asked[f"{COLUMN}{number}"] = (heading, _meanings(), meaning)
    for word in words:
        label = _(_ASKED[word.column]).format(word=word.text)
        asked[word.field] = (label, list(_options(word, known)), word.suggestion)
    for name, (column, label, begin) in _FOR_ALL.items() if asks_for_all else []:
        asked[name] = (label, _vocabulary(column), begin)
    if asks_for_length:
        lengths = [(value, _(told)) for value, told in _LENGTHS]
        asked["langd"] = (N_("Om det inte står när det slutar"), lengths, "")
    fields: dict[str, Any] = {
        name: SelectField(label, default=begin, validate_choice=False)
        for name, (label, _choices, begin) in asked.items()
    }
    form: AnswersForm = type("_AnswersForm", (AnswersForm,), {**fields, "words": tuple(words)})(sent or None)
    for name, (_label, choices, _begin) in asked.items():
        _offer(form[name], choices)
    return form


def _offer(field: Field, choices: list[tuple[str, str]]) -> None:
    """The list. What it does not have is what one begins with: nobody chose it."""
    assert isinstance(field, SelectField)
    field.choices = choices
    if field.data not in dict(choices):
        field.data = field.default


def _meanings() -> list[tuple[str, str]]:
    return [("", _("Används inte")), *((meaning, _(_MEANINGS[meaning])) for meaning in MEANINGS)]


def _options(word: Word, known: Known) -> Iterable[tuple[str, str]]:
    if word.column == "avdelning":
        return [("", _("Ta inte med raderna")), (THIS_HOUSE, _("Det är det här huset"))]
    if word.column == "rum":
        own = [(name, name) for name in known.rooms]
        ways = [(AS_PLACE, _("Skriv det som plats")), (NEW_ROOM, _("Lägg till som nytt rum"))]
        return [*ways, (NOTHING, _("Ta inte med det")), *own]
    return [("", _("Välj vad det betyder")), *_vocabulary(word.column)]


def _vocabulary(column: str) -> list[tuple[str, str]]:
    labels = {
        "typ": {word: phrases.kind_label(code) for code, word in KIND_WORDS.items()},
        "målgrupp": {word: phrases.audience_label([code]) for code, word in AUDIENCE_WORDS.items()},
        "form": {word: phrases.form_label(code) for code, word in FORM_WORDS.items()},
    }
    return [(word, labels.get(column, {}).get(word, phrases.capital(word))) for word in VOCABULARIES[column]]


def _defaults() -> dict[str, str]:
    return {column: begin for column, _label, begin in _FOR_ALL.values()}
