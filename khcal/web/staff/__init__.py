"""Pages of the staff, behind their log-in, which is read at once; ``addresses`` names the others."""

from . import sign_in
from .blueprint import blueprint

__all__ = ["blueprint", "sign_in"]
