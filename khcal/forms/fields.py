"""Fields for what staff type: dates, times, numbers and choices, each with its Swedish sentence."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from datetime import date, time
from enum import StrEnum
from typing import Any
from unicodedata import category

from wtforms import Field, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, DateInput, ListWidget, RadioInput, TextArea, TextInput

from khcal.i18n import gettext as _

from .typed import TypedError, read_day, read_days, read_time, say_time


class TypedField(Field, ABC):
    """A text field whose value is read from what was typed, and whose typed text stays as it was."""

    widget: Any = TextInput()
    data: Any

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else self.say(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if text:
            self.data = self.read(text)

    @abstractmethod
    def read(self, text: str) -> Any:
        """The value in ``text``. Raises ValueError with a Swedish sentence."""

    def say(self, value: Any) -> str:
        """The text for a value."""
        return str(value) if value is not None else ""


class DayField(TypedField):
    """A date; browsers offer a calendar for it."""

    widget = DateInput()
    data: date | None

    def read(self, text: str) -> date:
        """See :func:`read_day`."""
        return read_day(text)


class TimeField(TypedField):
    """A time of day, with a point; what is understood is shown back so."""

    data: time | None

    def _value(self) -> str:
        is_understood = self.data is not None and not self.errors
        return say_time(self.data) if is_understood else super()._value()

    def read(self, text: str) -> time:
        """See :func:`read_time`."""
        return read_time(text)

    def say(self, value: time | None) -> str:
        """``09.30``."""
        return say_time(value)


class EndTimeField(TimeField):
    """A time of day at which something ends: midnight is 24.00."""

    def _value(self) -> str:
        return "24.00" if self.data == time.min and not self.errors else super()._value()

    def say(self, value: time | None) -> str:
        """``15.00``, or ``24.00``."""
        return "24.00" if value == time.min else say_time(value)


class DaysField(TypedField):
    """Several dates, with commas or on lines of their own."""

    # A field of one line would join the lines, and the dates with them.
    widget = TextArea()
    data: tuple[date, ...] | None

    def read(self, text: str) -> tuple[date, ...]:
        """See :func:`read_days`."""
        return read_days(text)

    def say(self, value: Iterable[date] | None) -> str:
        """One date a line."""
        return "\n".join(day.isoformat() for day in value or ())


class WholeNumberField(IntegerField):
    """A whole number between two bounds, or nothing."""

    widget = TextInput()

    def __init__(self, label: str, least: int, most: int, **values: Any) -> None:
        super().__init__(label, **values)
        self.least, self.most = least, most

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        text = valuelist[0].strip() if valuelist else ""
        if not text:
            return
        if not (text.isascii() and text.isdigit() and self.least <= int(text[:9]) <= self.most):
            bounds = {"least": self.least, "most": self.most}
            raise ValueError(_("Skriv ett tal mellan {least} och {most}.").format(**bounds))
        self.data = int(text)


class CodeField(SelectField):
    """One code of a vocabulary."""

    def __init__(self, label: str, codes: type[StrEnum], say: Callable[[Any], str], **values: Any) -> None:
        super().__init__(label, coerce=codes, validate_choice=True, **values)
        self.choices = [(code.value, say(code)) for code in codes]

    def process_formdata(self, valuelist: list[str]) -> None:
        _refuse_unknown(super().process_formdata, valuelist)


class OneCodeField(CodeField):
    """One code of a vocabulary, all of them in sight; none is chosen until somebody chooses."""

    widget = ListWidget(prefix_label=False)
    option_widget = RadioInput()

    def __init__(
        self, label: str, codes: type[StrEnum], say: Callable[[Any], str], nothing: str, **values: Any
    ) -> None:
        super().__init__(label, codes, say, **values)
        self.nothing = nothing

    def pre_validate(self, form: BaseForm) -> None:
        if self.data is None and not self.process_errors:
            raise ValidationError(_(self.nothing))
        super().pre_validate(form)


class CodesField(SelectMultipleField):
    """Some codes of a vocabulary, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(
        self, label: str, codes: Callable[[Any], Any], choices: Iterable[tuple[Any, str]] = (), **values: Any
    ) -> None:
        super().__init__(label, coerce=codes, choices=list(choices), **values)

    def process_formdata(self, valuelist: list[str]) -> None:
        _refuse_unknown(super().process_formdata, valuelist)


class RowField(SelectField):
    """One row by its number, or none."""

    def __init__(self, label: str, nothing: str, **values: Any) -> None:
        super().__init__(label, coerce=_number_or_none, choices=[], **values)
        self.nothing = nothing
        self._rows: dict[int, str] = {}

    def offer(self, rows: Iterable[tuple[int, str]]) -> None:
        """What can be chosen: number and name."""
        self._rows = dict(rows)
        self.choices = [("", _(self.nothing)), *((number, name) for number, name in self._rows.items())]

    def is_offered(self, number: int | None) -> bool:
        """Whether a row with this number can be chosen."""
        return number in self._rows

    @property
    def offers_any(self) -> bool:
        """Whether there is a row to choose."""
        return bool(self._rows)

    def name_of(self, number: int) -> str:
        """What the row with this number is called."""
        return self._rows[number]

    def offer_too(self, number: int, name: str) -> None:
        """One more choice, unless it is there already."""
        self.offer([*self._rows.items(), *([] if number in self._rows else [(number, name)])])

    def process_formdata(self, valuelist: list[str]) -> None:
        _refuse_unknown(super().process_formdata, valuelist)


class TextField(StringField):
    """Text on one line or several, without the space around it, and no longer than it may be."""

    def __init__(self, label: str, longest: int, **values: Any) -> None:
        super().__init__(label, **values)
        self.longest = longest

    def process_formdata(self, valuelist: list[str]) -> None:
        text = (valuelist[0] if valuelist else "").replace("\r\n", "\n").strip()
        self.data = "".join(letter for letter in text if letter == "\n" or category(letter) != "Cc")
        if len(self.data) > self.longest:
            told = _("Skriv högst {most} tecken. Nu är det {number}.")
            raise ValueError(told.format(most=self.longest, number=len(self.data)))


def _number_or_none(value: Any) -> int | None:
    return int(value) if value not in {"", None, "None"} else None


def _refuse_unknown(process: Callable[[list[str]], None], valuelist: list[str]) -> None:
    try:
        process(valuelist)
    except (ValueError, KeyError):
        raise ValueError(_("Välj något i listan.")) from None


__all__ = [
    "CodeField",
    "CodesField",
    "DayField",
    "DaysField",
    "EndTimeField",
    "OneCodeField",
    "RowField",
    "TextField",
    "TimeField",
    "TypedError",
    "WholeNumberField",
]
