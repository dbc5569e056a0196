"""Where a page lies for those who link to it, by ``KHCAL_PUBLIC_URL`` alone."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, current_app, request, url_for

from khcal.queries import HousePage


def init_app(app: Flask) -> None:
    """Let templates say where their page lies, and the picture of a link to it."""
    app.jinja_env.globals.update(own_address=own_address, picture_address=picture_address)


def public_url() -> str:
    """The site's address as others reach it, without a slash at the end."""
    address: str = current_app.extensions["khcal"].public_url
    return address


def whole_address(path: str) -> str:
    """``path`` as others reach it."""
    return public_url() + path


def own_address() -> str:
    """The page that is asked for, as plainly as it can be written: without filters or a day to begin at."""
    return whole_address(url_for(request.endpoint or "start.houses", **(request.view_args or {})))


def picture_address() -> str:
    """The picture that others show beside a link to us."""
    asset_url: Callable[[str], str] = current_app.jinja_env.globals["asset_url"]  # type: ignore[assignment]
    return whole_address(asset_url("share.png"))


def home_of(page: HousePage, chapter_slug: str) -> str:
    """The house whose page of a shared date or group is the one to link to: its open owner's."""
    is_open = any(house.slug == chapter_slug for house in page.houses)
    return chapter_slug if is_open else page.house.slug
