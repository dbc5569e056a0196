"""Pages of the staff. The door is read at once, the others, which ``addresses`` names, when asked for."""

from . import door
from .blueprint import blueprint

__all__ = ["blueprint", "door"]
