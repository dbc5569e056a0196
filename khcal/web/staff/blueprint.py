"""The one blueprint of the staff: everything under ``/personal/``."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("staff", __name__, url_prefix="/personal")
