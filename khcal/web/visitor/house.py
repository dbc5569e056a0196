"""The house itself: where it is, how to get in, when it is open, whom to ask."""

from __future__ import annotations

from flask import Blueprint, Response

from khcal import queries
from khcal.calendaring import clock
from khcal.web.access import load_house
from khcal.web.htmx import render

blueprint = Blueprint("house", __name__)

COUNTRY = "+46"


@blueprint.get("/<chapter>/huset")
def house(chapter: str) -> Response:
    """Address, way in, opening hours, telephone and access of a house."""
    page = load_house(chapter)
    yesterday = clock.today() - clock.ONE_DAY
    return render("visitor/house.html", page=page, next_row=queries.first_day_after(page.house.id, yesterday))


@blueprint.app_template_filter("tel")
def dialled(number: str) -> str:
    """A Swedish telephone number as one dials it from anywhere: ``031-12 34 56`` is ``+4631123456``."""
    digits = "".join(sign for sign in number if sign.isdigit() or sign == "+")
    return digits.replace("0", COUNTRY, 1) if digits.startswith("0") else digits
