"""What screens reported last, held in memory under the hashes of their keys.

It is stored now and then for the other processes, and for the time after a restart.
"""

from __future__ import annotations

from threading import Lock

from flask import Flask, current_app
from flask.blueprints import BlueprintSetupState

from khcal.calendaring import clock
from khcal.calendaring.screen_health import ScreenReport as Said
from khcal.models import Screen, ScreenReport
from khcal.models.screen_reporting import said_in

_EXTENSION = "khcal.screen_reports"
# Far more than there are screens; those that were revoked are forgotten in time.
MOST = 5_000


class Reports:
    """The latest report of each key."""

    def __init__(self) -> None:
        self._one = Lock()
        self._by_key: dict[str, Said] = {}

    def note(self, key_hash: str, said: Said) -> None:
        """Remember what a screen said, and forget who has been silent for longest when there are too many."""
        with self._one:
            self._by_key.pop(key_hash, None)
            self._by_key[key_hash] = said
            while len(self._by_key) > MOST:
                del self._by_key[next(iter(self._by_key))]

    def forget(self) -> None:
        """Know only what is stored."""
        with self._one:
            self._by_key.clear()

    def latest(self, screen: Screen, stored: ScreenReport | None) -> Said | None:
        """What the screen said last, to this process or to another."""
        with self._one:
            heard = self._by_key.get(screen.key_hash)
        kept = said_in(stored) if stored is not None else None
        # What seems to be to come was said before the server's clock was set back. Of the same second, what
        # this process heard: that may not have been stored.
        now = clock.epoch_seconds()
        found = [said for said in (heard, kept) if said is not None and said.seen_at <= now]
        return max(found, key=lambda said: said.seen_at, default=None)


def init_app(state: BlueprintSetupState) -> None:
    """Give the app that the blueprint is registered with a memory for reports."""
    state.app.extensions[_EXTENSION] = Reports()


def reports() -> Reports:
    """Those of this process."""
    return reports_of(current_app)


def reports_of(app: Flask) -> Reports:
    """Those of ``app``."""
    found: Reports = app.extensions[_EXTENSION]
    return found
