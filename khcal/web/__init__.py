"""What is shown. ``BLUEPRINTS`` lists every blueprint in the order of its addresses."""

from . import health, wall
from .visitor import feeds, subscribe

BLUEPRINTS = (
    health.blueprint,
    wall.blueprint,
    feeds.blueprint,
    subscribe.blueprint,
)
