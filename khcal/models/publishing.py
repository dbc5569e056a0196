"""Showing dates that were drafts: those of an import, a copied term or a longer series."""

from __future__ import annotations

from collections.abc import Iterable

from .occurrence import Occurrence


def publish_dates(dates: Iterable[Occurrence]) -> int:
    """Show these dates; returns how many they are."""
    listed = list(dates)
    for each in listed:
        each.publish()
    return len(listed)
