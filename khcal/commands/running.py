"""Whether a server of this installation is running: it holds a lock as long as it lives."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from khcal.config import Settings

from .opening import Refusal


@contextmanager
def as_server(settings: Settings) -> Iterator[None]:
    """Hold the lock together with other servers. Raises :class:`Refusal` while nobody else may work."""
    with _held(settings, fcntl.LOCK_SH, "Databasen ställs om eller läses in. Vänta tills det är klart."):
        yield


@contextmanager
def without_servers(settings: Settings) -> Iterator[None]:
    """Hold the lock alone. Raises :class:`Refusal` while a server runs."""
    with _held(settings, fcntl.LOCK_EX, "khcal är igång. Stoppa det först och försök sedan igen."):
        yield


@contextmanager
def _held(settings: Settings, how: int, complaint: str) -> Iterator[None]:
    lock = _open(settings)
    try:
        if lock is not None:
            _take(lock, how, complaint)
        yield
    finally:
        if lock is not None:
            os.close(lock)


def _open(settings: Settings) -> int | None:
    """The lock; ``None`` on a disk that can only be read, where nobody can put a copy back either."""
    try:
        return os.open(settings.data_dir / "running", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as fault:
        if fault.errno == errno.EROFS:
            return None
        raise Refusal(f"Mappen {settings.data_dir} går inte att använda: {fault.strerror}.") from fault


def _take(lock: int, how: int, complaint: str) -> None:
    try:
        fcntl.flock(lock, how | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Refusal(complaint) from None
