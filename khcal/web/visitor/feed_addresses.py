"""Where calendar files are found. What writes them (``feeds``) is read when somebody asks for the first."""

from __future__ import annotations

from flask import Blueprint

from khcal.web.late import add_addresses

ADDRESSES = (
    ("GET", "/<chapter>.ics", "feeds.house"),
    ("GET", "/<chapter>/diskret.ics", "feeds.discreet"),
    ("GET", "/<chapter>/aktivitet/<slug>.ics", "feeds.group"),
    ("GET", "/<chapter>/aktivitet/<slug>/diskret.ics", "feeds.discreet_group"),
    ("GET", "/<chapter>/tillfalle/<int(max=2147483647):number>.ics", "feeds.one_date"),
    ("GET", "/alla.ics", "feeds.everything"),
)
blueprint = Blueprint("feeds", __name__)
add_addresses(blueprint, ADDRESSES)
