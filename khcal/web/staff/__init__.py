"""Pages of the staff, behind their log-in. Importing the package adds every address to the blueprint."""

from . import dates, events, programme, sign_in, start
from .blueprint import blueprint

__all__ = ["blueprint", "dates", "events", "programme", "sign_in", "start"]
