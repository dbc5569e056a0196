"""Pages of the staff, behind their log-in. Importing the package adds every address to the blueprint."""

from . import sign_in, start
from .blueprint import blueprint

__all__ = ["blueprint", "sign_in", "start"]
