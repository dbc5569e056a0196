"""Parts of pages that are written once for the same values, and then found again.

Most of what a page says it says of the house and of single dates, in the same words on every page, and to
fill a template takes far longer than to look for what was written before. So ``written`` in a template is
``include`` for one that needs nothing but the values it is given, which a test holds them to: they are frozen
shapes, and a changed one is another.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache

from flask import Flask
from jinja2 import Environment
from markupsafe import Markup

from khcal.i18n import current_locale

# Rows and days of the lists and months of a dozen houses; some six MB.
MOST = 2048


def init_app(app: Flask) -> None:
    """Let templates of ``app`` say ``written("visitor/_row.html", row=row, …)``."""
    app.jinja_env.globals["written"] = _writer(app.jinja_env)


def _writer(environment: Environment) -> Callable[..., Markup]:
    @lru_cache(maxsize=MOST)
    def found(template: str, locale: str, values: tuple[tuple[str, Hashable], ...]) -> Markup:
        return Markup(environment.get_template(template).render(values))

    def written(template: str, **values: Hashable) -> Markup:
        """What the template writes of these values and of nothing else."""
        return found(template, current_locale(), tuple(values.items()))

    return written
