"""What is shown. ``BLUEPRINTS`` lists every blueprint in the order of its addresses."""

from . import health

BLUEPRINTS = (health.blueprint,)
