"""What is shown. ``BLUEPRINTS`` lists every blueprint in the order of its addresses."""

from . import health, staff
from .visitor import about, elsewhere, group, house, programme, search_engines, start
from .visitor.addresses import feeds, subscribe
from .wall.addresses import sent, shown

BLUEPRINTS = (
    health.blueprint,
    shown,
    sent,
    start.blueprint,
    about.blueprint,
    programme.blueprint,
    group.blueprint,
    house.blueprint,
    feeds,
    elsewhere.blueprint,
    subscribe,
    search_engines.blueprint,
    staff.blueprint,
)
