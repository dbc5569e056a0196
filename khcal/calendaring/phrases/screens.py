"""Screens in words: how one is and what helps, what is set for it, what is wrong with a typed code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from khcal.i18n import gettext as _

from .. import clock
from ..pairing_code import LENGTH, CodeError, CodeFault
from ..screen_health import ScreenState
from ..screen_settings import Turned, whole
from .moments import clock_time, day_and_time
from .words import N_, listing

TURNS = {
    Turned.NO: N_("Som den är"),
    Turned.LEFT: N_("Vriden åt vänster"),
    Turned.RIGHT: N_("Vriden åt höger"),
}
_STATES = {
    ScreenState.UNHEARD: N_("Har inte hörts av än"),
    ScreenState.SILENT: N_("Tyst sedan {when}"),
    ScreenState.BLANK: N_("Sågs nyss · visar inget program"),
    ScreenState.OLD_PROGRAMME: N_("Sågs nyss · visar gammalt program"),
    ScreenState.OLD_SHELL: N_("Sågs nyss · har en äldre version av skärmsidan"),
    ScreenState.GOOD: N_("Sågs nyss · visar rätt version"),
}
_HELP = {
    ScreenState.UNHEARD: N_("Den hörs av så fort den har fått sin nyckel. Dröjer det, koppla den igen."),
    ScreenState.SILENT: N_(
        "Titta efter att skärmen är på och har nät. Den visar sitt sparade program så länge."
    ),
    ScreenState.BLANK: N_(
        "Den säger till besökarna att den inte vet. Titta efter att skärmens klocka går rätt."
    ),
    ScreenState.OLD_PROGRAMME: N_("Starta om skärmen om det inte rättar sig inom några minuter."),
    ScreenState.OLD_SHELL: N_(
        "Den hämtar den nya själv. Starta om skärmen om det dröjer längre än en timme."
    ),
    ScreenState.GOOD: "",
}
# The words of a state stand beside its sign, never a colour alone.
ICONS = {
    ScreenState.UNHEARD: "hourglass",
    ScreenState.SILENT: "eye-off",
    ScreenState.BLANK: "circle-question-mark",
    ScreenState.OLD_PROGRAMME: "triangle-alert",
    ScreenState.OLD_SHELL: "history",
    ScreenState.GOOD: "check",
}


def screen_health(state: ScreenState, seen_at: int | None) -> str:
    """``Sågs nyss · visar rätt version``, ``Tyst sedan 09.14``; ``seen_at`` in epoch seconds."""
    return _(_STATES[state]).format(when=_since(_wall(seen_at)) if seen_at is not None else "")


def screen_help(state: ScreenState) -> str:
    """What one can do about it; nothing when all is well."""
    return _(_HELP[state]) if _HELP[state] else ""


def screen_icon(state: ScreenState) -> str:
    """The sign of a state."""
    return ICONS[state]


def moment_in_words(seconds: int) -> str:
    """``09.14`` of today, ``i går 22.10``, ``lördag 21 november kl. 09.14``; of epoch seconds."""
    return _since(_wall(seconds))


def settings_in_words(kept: Mapping[str, Any]) -> str:
    """``läses på 4 meter, vriden åt vänster, tänd 08.00–17.00, hälsar ”Välkommen”``."""
    of = whole(kept)
    told = [_("läses på {number} meter").format(number=of["distance"])]
    if of["turned"] != Turned.NO:
        told.append(_(TURNS[Turned(of["turned"])]).lower())
    if of["opens"]:
        told.append(_("tänd {opens}–{closes}").format(opens=of["opens"], closes=of["closes"]))
    if of["greeting"]:
        told.append(_("hälsar ”{greeting}”").format(greeting=of["greeting"]))
    return ", ".join(told)


def code_fault(error: CodeError) -> str:
    """What to do about a code that was typed."""
    words = {
        CodeFault.MISSING: _("Skriv koden som står på skärmen."),
        CodeFault.TOO_SHORT: _("Koden har {length} tecken. Det fattas något."),
        CodeFault.TOO_LONG: _("Koden har {length} tecken. Det har blivit för många."),
        CodeFault.OTHER_SIGNS: _("Koden har inget {signs}. Titta på skärmen en gång till."),
    }
    return words[error.fault].format(length=LENGTH, signs=listing(list(error.signs[:3])))


def _wall(seconds: int) -> datetime:
    return clock.from_epoch_seconds(seconds).astimezone(clock.ZONE).replace(tzinfo=None)


def _since(moment: datetime) -> str:
    today, at = clock.today(), clock_time(moment.time())
    if moment.date() == today:
        return at
    if moment.date() == today - timedelta(days=1):
        return _("i går {time}").format(time=at)
    return day_and_time(moment)
