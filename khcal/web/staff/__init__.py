"""Pages of the staff. The log-in is read at once, the others, which ``addresses`` names, when asked for."""

from . import sign_in
from .blueprint import blueprint

__all__ = ["blueprint", "sign_in"]
