"""Whether rooms are taken when a group wants them, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from khcal.i18n import gettext as _

from ..import_warnings import Booking
from .moments import at_span, short_date
from .words import listing

# More clashes than these are counted, not named.
MOST_NAMED = 3


def room_clashes(rooms: Sequence[str], others: Sequence[Booking], clashing: int, number: int) -> str:
    """``Inga krockar i Biblioteket utom 9 mars, då Styrelsemöte är där kl. 13.00–14.00.``

    ``others`` are what the rooms are taken by, ``clashing`` how many of the ``number`` dates meet them.
    A single date tells of its clash itself.
    """
    if others and number == 1:
        return ""
    words = {"rooms": listing(rooms), "clashing": clashing, "number": number}
    if not others:
        return _("Inga krockar i {rooms}.").format(**words)
    if len(others) > MOST_NAMED:
        return _("{clashing} av {number} gånger krockar i {rooms}. De är markerade.").format(**words)
    named = listing([_one(each) for each in others])
    if clashing == number:
        return _("Krockar i {rooms}: {named}.").format(named=named, **words)
    return _("Inga krockar i {rooms} utom {named}.").format(named=named, **words)


def _one(other: Booking) -> str:
    return _("{day}, då {title} är där {at}").format(
        day=short_date(other.starts_at), title=other.title, at=at_span(other.starts_at, other.ends_at)
    )
