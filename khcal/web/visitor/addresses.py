"""Where calendar files are found, and what leads to them. Their views are read when somebody asks for one.

Other pages for visitors say their addresses themselves: they are read at once, for they are asked for first.
"""

from __future__ import annotations

from flask import Blueprint

from khcal.web.late import add_addresses

FEEDS = (
    ("GET", "/<chapter>.ics", "feeds.house"),
    ("GET", "/<chapter>/diskret.ics", "feeds.discreet"),
    ("GET", "/<chapter>/aktivitet/<slug>.ics", "feeds.group"),
    ("GET", "/<chapter>/aktivitet/<slug>/diskret.ics", "feeds.discreet_group"),
    ("GET", "/<chapter>/tillfalle/<int(max=2147483647):number>.ics", "feeds.one_date"),
    ("GET", "/alla.ics", "feeds.everything"),
)
SUBSCRIBE = (
    ("GET", "/<chapter>/prenumerera", "subscribe.subscribe"),
    # As people type it from a poster: with a slash at the end or without.
    ("GET", "/q/<chapter>", "subscribe.short"),
    ("GET", "/q/<chapter>/", "subscribe.short"),
)
ADDRESSES = (*FEEDS, *SUBSCRIBE)

feeds = Blueprint("feeds", __name__)
add_addresses(feeds, FEEDS)
subscribe = Blueprint("subscribe", __name__)
add_addresses(subscribe, SUBSCRIBE)
