"""How often somebody may do something, counted without keeping who.

What is counted lies in memory under a hash with a salt of this process: no name and no network address
is written anywhere, and nothing of it outlives a restart. Only what has limits reads this file: the
library behind it takes its time.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from hashlib import blake2b
from ipaddress import ip_address, ip_network
from typing import ParamSpec

from flask import Response, abort, request
from limits import RateLimitItem
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

P = ParamSpec("P")
View = Callable[P, Response]

_SALT = secrets.token_bytes(16)
_counted = FixedWindowRateLimiter(MemoryStorage())


@dataclass(frozen=True, slots=True)
class Limit:
    """So many of one thing in so long a time, for each key by itself.

    Views that are held to the same limit are counted together. ``name`` tells it from others.
    """

    name: str
    so_many: RateLimitItem
    key: Callable[[], str]

    def spend(self) -> None:
        """Count one; 429 when there is none left."""
        if not _counted.hit(self.so_many, self.name, self.key()):
            abort(429)

    def refuse_if_spent(self) -> None:
        """429 when there is none left; counts nothing."""
        if not _counted.test(self.so_many, self.name, self.key()):
            abort(429)

    def count(self) -> None:
        """Count one of what was let through."""
        _counted.hit(self.so_many, self.name, self.key())


def held_to(*limits: Limit, counts: Callable[[Response], bool]) -> Callable[[View[P]], View[P]]:
    """Let a view answer while there is one left of each limit, and count those of its answers that count."""

    def hold(view: View[P]) -> View[P]:
        @wraps(view)
        def held(*args: P.args, **values: P.kwargs) -> Response:
            for limit in limits:
                limit.refuse_if_spent()
            answer = view(*args, **values)
            for limit in limits if counts(answer) else ():
                limit.count()
            return answer

        return held

    return hold


def forget_counted() -> None:
    """Begin to count anew."""
    _counted.storage.reset()


def hashed_network() -> str:
    """Where the request comes from, unreadable: one IPv4 address, or the half of IPv6 that is a home's."""
    address = request.remote_addr or ""
    try:
        bits = 64 if ip_address(address).version == 6 else 32
        return hashed(str(ip_network(f"{address}/{bits}", strict=False)))
    except ValueError:
        return hashed(address)


def hashed(text: str) -> str:
    """The text as it is counted by, unreadable, and another one after each restart."""
    return blake2b(text.encode(), key=_SALT, digest_size=16).hexdigest()
