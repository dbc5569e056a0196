"""Boxes that start ticked or not by themselves, and what somebody changed of that."""

from __future__ import annotations

from collections.abc import Collection


def is_ticked(shown: str | None, ticked: Collection[str] | None, key: str, by_itself: bool) -> bool:
    """Whether a box is ticked: as somebody changed it, otherwise as it starts by itself.

    ``shown`` holds the keys of the boxes on the page, with a plus before those that started ticked and a
    minus before the others; ``ticked`` those that were sent.
    """
    keys, is_on = (shown or "").split(), key in (ticked or ())
    was_changed = (f"+{key}" in keys and not is_on) or (f"-{key}" in keys and is_on)
    return is_on if was_changed else by_itself
