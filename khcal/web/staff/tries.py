"""How often one may try to log in, to follow a link or to type a code; see ``limits`` for what is kept."""

from __future__ import annotations

from flask import Response, request
from limits import parse

from khcal.models.user import plain_name
from khcal.web.limits import Limit, hashed, hashed_network, held_to

from .people import person


def hashed_name() -> str:
    """Which account is tried, unreadable; the network stands in for an empty name."""
    name = plain_name(request.form.get("name", ""))
    return hashed(name) if name else hashed_network()


def hashed_person() -> str:
    """Whose log-in it is, unreadable."""
    return hashed(f"person {person().id}")


TRIES_BY_NAME = Limit("tries by name", parse("10 per 15 minutes"), hashed_name)
TRIES_BY_NETWORK = Limit("tries by network", parse("30 per 15 minutes"), hashed_network)
LINKS = Limit("links", parse("30 per 15 minutes"), hashed_network)
# Of one's own: wherever it is asked for. Who types it wrong is told so by ``passwords.is_confirmed``.
OWN_PASSWORD = Limit("own password", parse("10 per 15 minutes"), hashed_person)
# That no screen shows.
CODES = Limit("codes", parse("10 per 15 minutes"), hashed_person)


def _has_failed(response: Response) -> bool:
    return response.status_code == 422


def _is_not_there(response: Response) -> bool:
    return response.status_code == 404


def _counts_itself(response: Response) -> bool:
    return False


limit_tries = held_to(TRIES_BY_NAME, TRIES_BY_NETWORK, counts=_has_failed)
# On all such pages together: nobody guesses on.
limit_links = held_to(LINKS, counts=_is_not_there)
limit_own_password = held_to(OWN_PASSWORD, counts=_counts_itself)
limit_codes = held_to(CODES, counts=_counts_itself)
