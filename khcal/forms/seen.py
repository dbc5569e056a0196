"""Forms that remember what they said when they were shown, so that two who save at once both get through."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import blake2b
from typing import ClassVar, Self

from wtforms import Field, HiddenField

from khcal.calendaring.merge import merge

from .saying import compared, say
from .swedish import SwedishForm


class SeenForm(SwedishForm):
    """``version`` is the row's when the form was shown, ``seen`` a mark of what each ``kept`` field said."""

    kept: ClassVar[tuple[str, ...]]

    version = HiddenField()
    seen = HiddenField()

    # What both changed, once :meth:`disputes` has looked: field, what was typed, what is stored.
    conflicts: Sequence[tuple[Field, str, str]] = ()
    # Whether anything of what others saved was taken over.
    took_over = False

    def remember(self, version: str) -> Self:
        """Keep what the fields say now; for a form as stored."""
        self.version.data = version
        self.seen.data = json.dumps(self._marks())
        return self

    def meet(self, stored: SeenForm) -> list[tuple[Field, str, str]]:
        """Take over what only others changed since the form was shown.

        Returns what both changed, and not to the same: the field, what was typed, what is stored. What
        was typed stays, and a form sent once more is taken to have seen what is stored.
        """
        if (self.version.data or "") == (stored.version.data or ""):
            return []
        mine = self._marks()
        merged = merge(self._seen_marks(), mine, stored._marks())
        both = {conflict.path[0] for conflict in merged.conflicts}
        told = [(each, say(each), say(stored[each.name])) for each in self._kept() if each.name in both]
        for field in self._kept():
            if merged.values[field.name] != mine[field.name]:
                self.took_over, theirs = True, stored[field.name]
                field.data, field.raw_data, field.process_errors = theirs.data, None, []
        self.version.data, self.seen.data = stored.version.data, stored.seen.data
        return told

    def disputes(self, stored: SeenForm) -> bool:
        """Whether both changed the same; then ``conflicts`` says what. Takes over the rest."""
        self.conflicts = self.meet(stored)
        return bool(self.conflicts)

    def _kept(self) -> list[Field]:
        return [self[name] for name in self.kept if name in self]

    def _marks(self) -> dict[str, str]:
        return {field.name: _mark(field) for field in self._kept()}

    def _seen_marks(self) -> dict[str, str]:
        try:
            found = json.loads(self.seen.data or "{}")
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}


def _mark(field: Field) -> str:
    """Short, as a form may hold long texts: whether two are the same is all that is asked."""
    return blake2b(compared(field).encode(), digest_size=8).hexdigest()
