"""Small marks in the pages of visitors that phrases do not know, since they are of the web alone."""

from __future__ import annotations

from flask import Blueprint
from markupsafe import Markup

from khcal.calendaring.agenda import part_of_day
from khcal.calendaring.writing import written_in

COUNTRY = "+46"


def lang(text: str, language: str) -> Markup:
    """`` lang="fi"`` for a text in another language than the page, otherwise nothing."""
    code = written_in(text, language)
    return Markup(' lang="{}"').format(code) if code else Markup("")


def tel(number: str) -> str:
    """A Swedish telephone number as one dials it from anywhere: ``031-12 34 56`` is ``+4631123456``."""
    digits = "".join(sign for sign in number if sign.isdigit() or sign == "+")
    return digits.replace("0", COUNTRY, 1) if digits.startswith("0") else digits


def teach(blueprint: Blueprint) -> None:
    """Let every template use these marks."""
    for mark in (lang, tel, part_of_day):
        blueprint.add_app_template_filter(mark)
