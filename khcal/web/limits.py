"""How often one network may do something, counted without keeping who.

What is counted lies in memory under a hash with a salt of this process: no name and no network address
is written anywhere, and nothing of it outlives a restart.
"""

from __future__ import annotations

import secrets
from hashlib import blake2b
from ipaddress import ip_address, ip_network

from flask import Flask, request
from flask_limiter import Limiter

_SALT = secrets.token_bytes(16)


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


limiter = Limiter(key_func=hashed_network, storage_uri="memory://", strategy="fixed-window")


def init_app(app: Flask) -> None:
    """Hold ``app`` to the limits of its views."""
    limiter.init_app(app)
