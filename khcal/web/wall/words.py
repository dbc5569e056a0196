"""The screen's own words. What is in braces is filled in by the screen, which knows the hour."""

from __future__ import annotations

from khcal.i18n import gettext as _


def wall_words(demo: bool) -> dict[str, str]:
    """By the names that the client asks for; a demonstration says that its programme is invented."""
    return {
        "greeting": _("Välkommen in"),
        "demo": _("Påhittat program") if demo else "",
        "week": _("vecka {week}"),
        "now": _("Pågår nu"),
        "next": _("Härnäst"),
        "all_day": _("Hela dagen"),
        "tomorrow": _("I morgon, {weekday}"),
        "not_tomorrow": _("Inget i morgon. Nästa är {day}"),
        "closed_tomorrow": _("Stängt i morgon. Nästa är {day}"),
        "in_tomorrow": _("i morgon"),
        "next_is": _("Nästa är {title}, {day} kl. {time}."),
        "next_is_all_day": _("Nästa är {title}, {day}."),
        "nothing_more": _("Inget mer i dag."),
        "nothing_today": _("Inget i dag."),
        "nothing_planned": _("Inget är planerat till och med {day}."),
        "closed_today": _("Huset är stängt i dag"),
        "closed_except": _("Huset är stängt i dag, men det här händer:"),
        "more": _("och {number} till"),
        "page": _("Sida {page} av {pages}"),
        "open_hours": _("Öppettider: {hours}"),
        "call": _("Du kan också ringa {phone}."),
        "take_home": _("Ta med kalendern hem"),
        "updated": _("Uppdaterad {time}"),
        "late": _("Senast uppdaterad {time}"),
        "late_day": _("Senast uppdaterad {day} kl. {time}"),
        "in_words": _("I dag, {day}"),
        "tomorrow_in_words": _("I morgon, {day}"),
        "nothing_then": _("Inget är planerat den dagen."),
        "closed_then": _("Huset är stängt"),
        "closed_except_then": _("Huset är stängt, men det här händer:"),
        "unknown_then": _("Den dagens program vet vi inte än."),
        "week_ahead": _("De närmaste sju dagarna"),
        "number": _("{number} aktiviteter"),
        "read_more": _("Läs mer i din telefon"),
        "lit_again": _("Hela programmet visas från kl. {time}."),
        "old": _("Programmet är inte uppdaterat sedan {day} kl. {time}. Fråga i huset vad som gäller."),
    }
