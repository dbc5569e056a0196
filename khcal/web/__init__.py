"""What is shown. ``BLUEPRINTS`` lists every blueprint in the order of its addresses."""

from . import health, staff, wall, wall_pairing, wall_puls
from .visitor import (
    about,
    elsewhere,
    feed_addresses,
    group,
    house,
    programme,
    search_engines,
    start,
    subscribe,
)

BLUEPRINTS = (
    health.blueprint,
    wall.blueprint,
    wall_pairing.blueprint,
    wall_puls.blueprint,
    start.blueprint,
    about.blueprint,
    programme.blueprint,
    group.blueprint,
    house.blueprint,
    feed_addresses.blueprint,
    elsewhere.blueprint,
    subscribe.blueprint,
    search_engines.blueprint,
    staff.blueprint,
)
