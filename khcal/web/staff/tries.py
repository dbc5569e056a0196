"""How often one may try to log in, to follow a link or to type a code; see ``limits`` for what is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from flask import Response, g, request

from khcal.models.user import plain_name
from khcal.web.limits import hashed, hashed_network, limiter

from .people import person

View = TypeVar("View", bound=Callable[..., Response])

TRIES_PER_NAME = "10 per 15 minutes"
TRIES_PER_NETWORK = "30 per 15 minutes"
TOKENS_PER_NETWORK = "30 per 15 minutes"
OWN_PASSWORD_TRIES = "10 per 15 minutes"
CODES_PER_PERSON = "10 per 15 minutes"


def hashed_name() -> str:
    """Which account is tried, unreadable; the network stands in for an empty name."""
    name = plain_name(request.form.get("name", ""))
    return hashed(name) if name else hashed_network()


def limit_tries(view: View) -> View:
    """Count the tries of a log-in view that fail, and refuse more than the limits."""
    for limit, key in ((TRIES_PER_NAME, hashed_name), (TRIES_PER_NETWORK, hashed_network)):
        view = cast(View, limiter.limit(limit, key_func=key, deduct_when=_has_failed)(view))
    return view


def hashed_person() -> str:
    """Whose log-in it is, unreadable."""
    return hashed(f"person {person().id}")


def limit_tokens(view: View) -> View:
    """Count the links that are not good, on all such pages together: nobody guesses on."""
    limit = limiter.shared_limit(
        TOKENS_PER_NETWORK, scope="tokens", key_func=hashed_network, deduct_when=_is_not_there
    )
    return cast(View, limit(view))


def limit_own_password(view: View) -> View:
    """Count how often one's own password was wrong, on all pages that ask for it together."""
    limit = limiter.shared_limit(
        OWN_PASSWORD_TRIES, scope="own password", key_func=hashed_person, deduct_when=_was_wrong_password
    )
    return cast(View, limit(view))


def note_wrong_password() -> None:
    """Remember until the answer is sent that the person's own password was wrong."""
    g.wrong_password = True


def limit_codes(view: View) -> View:
    """Count the codes of screens that a person typed and no screen shows: nobody guesses on."""
    limit = limiter.limit(CODES_PER_PERSON, key_func=hashed_person, deduct_when=_was_wrong_code)
    return cast(View, limit(view))


def note_wrong_code() -> None:
    """Remember until the answer is sent that no screen shows the code."""
    g.wrong_code = True


def _was_wrong_code(response: Response) -> bool:
    return bool(g.get("wrong_code"))


def _is_not_there(response: Response) -> bool:
    return response.status_code == 404


def _was_wrong_password(response: Response) -> bool:
    return bool(g.get("wrong_password"))


def _has_failed(response: Response) -> bool:
    return response.status_code == 422
