"""The one blueprint of the staff: everything under ``/personal/``."""

from __future__ import annotations

from flask import Blueprint

from ..late import add_addresses
from .addresses import ADDRESSES

blueprint = Blueprint("staff", __name__, url_prefix="/personal")
add_addresses(blueprint, ADDRESSES)
