"""What somebody did, in words: one entry for every verb that a change may have."""

from __future__ import annotations

from collections.abc import Sequence

from khcal.i18n import gettext as _

from .changed_rows import Fate
from .words import N_

# As a line of the history begins: "Ställde in", and then what.
VERBS = {
    "create": N_("Lade till"),
    "edit": N_("Ändrade"),
    "publish": N_("Publicerade"),
    "cancel": N_("Ställde in"),
    "restore": N_("Tog tillbaka"),
    "move": N_("Flyttade"),
    "places": N_("Ändrade platser"),
    "extend": N_("Förlängde"),
    "copy-term": N_("Kopierade en termin"),
    "copy-event": N_("Kopierade"),
    "share": N_("Ändrade vilka hus som visar"),
    "hide": N_("Ändrade om huset visar"),
    "owner": N_("Bytte hus för"),
    "sibling": N_("Ändrade parallell grupp"),
    "rename": N_("Döpte om"),
    "archive": N_("Ändrade arkivet"),
    "delete-draft": N_("Tog bort utkast"),
    "notice": N_("Ändrade anslag"),
    "closure": N_("Ändrade stängt"),
    "break": N_("Ändrade uppehåll"),
    "room": N_("Ändrade rum"),
    "house": N_("Ändrade uppgifter om huset"),
    "screen-pair": N_("Kopplade skärm"),
    "screen": N_("Ändrade skärm"),
    "screen-move": N_("Flyttade skärm"),
    "screen-revoke": N_("Kopplade bort skärm"),
    "import": N_("Importerade"),
    "invite": N_("Bjöd in en person"),
    "role": N_("Ändrade vad en person får göra"),
    "password": N_("Bytte lösenord"),
    "user-end": N_("Avslutade ett konto"),
    "house-create": N_("Lade till ett hus"),
    "house-rename": N_("Döpte om huset"),
    "house-close": N_("Stängde huset för gott"),
    "house-open": N_("Öppnade huset igen"),
    "undo": N_("Ångrade"),
}
# What the same verbs are called when they made something that was not there, and when they took it away.
MADE = {
    "notice": N_("Satte upp anslag"),
    "closure": N_("Stängde huset"),
    "break": N_("Lade till uppehåll"),
    "room": N_("Lade till rum"),
}
REMOVED = {
    "notice": N_("Tog ner anslag"),
    "closure": N_("Öppnade huset som vanligt"),
    "break": N_("Tog bort uppehåll"),
    "room": N_("Tog bort rum"),
}


def change_verb(verb: str, fate: Fate = Fate.CHANGED) -> str:
    """``Ställde in``; a verb without words of its own is a change."""
    words = {Fate.CHANGED: VERBS, Fate.MADE: MADE, Fate.REMOVED: REMOVED}[fate]
    return _(words.get(verb) or VERBS.get(verb, VERBS["edit"]))


def change_heading(verbs: Sequence[str], what: str, fate: Fate = Fate.CHANGED) -> str:
    """``Ställde in: Öppet hus``; of what took another change back ``Ångrade ”Ställde in: Öppet hus”``.

    ``verbs`` are the change's own and, after it, those of what it took back, one behind the other;
    ``fate`` is the change's own.
    """
    undone = len(verbs) - 1
    verb = change_verb(verbs[-1], fate.reversed if undone % 2 else fate)
    told = f"{verb}: {what}" if what else verb
    if not undone:
        return told
    return (_("Ångrade ”{change}”") if undone % 2 else _("Gjorde om ”{change}”")).format(change=told)
