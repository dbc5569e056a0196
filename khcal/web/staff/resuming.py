"""A form that was sent after its log-in had ended: what was typed survives logging in.

The fields go along, hidden, through the log-in page and come back to their own form, which shows them.
Nothing is saved on the way: a form that is brought back is held to reading, and never valid. Passwords
are not kept, and of a file only its name, so that its form can ask for it again.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import quote_plus, urlsplit

from flask import Flask, Response, current_app, flash, make_response, render_template, request, url_for
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from khcal.forms.swedish import RESUMED
from khcal.i18n import gettext as _

from ..access import STAFF, is_resuming, redirect_to

# Longer ones would not get through the log-in form, which is held to the same limits as all forms.
LONGEST_KEPT = 150_000
# As it is sent; these forms, and the log-in form, may be as large as a whole request.
LONGEST_KEPT_IMPORT = 1_900_000
LARGE = frozenset({"staff.look_at_import", "staff.save_import"})
# What can't be asked for itself, and the form that shows what was sent to it.
SHOWN_BY = {"staff.look_at_import": "staff.save_import"}
# What is behind a form's own address when it only asks: its dates, what a line says, what a closure hits.
LOOKS = ("/datum", "/rad", "/traffar")
_NOT_KEPT = re.compile(r"csrf_token|passw|losen|token", re.IGNORECASE)


class NotSaved(Exception):
    """A form that is only brought back was about to be saved."""


@dataclass(frozen=True)
class Kept:
    """What was sent, to where; of a ``file`` the name alone, which then stands among the fields too."""

    to: str
    fields: tuple[tuple[str, str], ...]
    file: str = ""

    @classmethod
    def of_request(cls) -> Self | None:
        """What this request sends; ``None`` when its form could not be shown again."""
        fields = [(name, text) for name, text in request.form.items(multi=True) if not _NOT_KEPT.search(name)]
        path = _path_of_form()
        query = request.full_path.removeprefix(request.path).rstrip("?")
        # A file field that was left empty is sent all the same.
        files = [(name, file.filename) for name, file in request.files.items() if file.filename]
        kept = cls(path + query, (*fields, *files), files[0][1] if files else "")
        is_kept = request.method == "POST" and kept.fields and _has_form(path)
        return kept if is_kept and kept.is_short_enough(request.endpoint in LARGE) else None

    @classmethod
    def from_text(cls, text: str) -> Self | None:
        """What a log-in form brings along; ``None`` for nothing, and for what no page of ours wrote."""
        try:
            read = json.loads(text)
            fields = tuple((str(name), str(value)) for name, value in read["fields"])
            kept = cls(str(read["to"]), fields, str(read.get("file", "")))
        except (ValueError, KeyError, TypeError, RecursionError):
            return None
        parts = urlsplit(kept.to)
        is_ours = not parts.scheme and not parts.netloc and "\\" not in kept.to
        return kept if is_ours and _has_form(parts.path) else None

    def as_text(self) -> str:
        """To be kept in a hidden field."""
        told = {"to": self.to, "fields": self.fields} | ({"file": self.file} if self.file else {})
        return json.dumps(told, ensure_ascii=False)

    def is_short_enough(self, is_large: bool) -> bool:
        """Whether it gets through the log-in form and back; what is read in may be as long as a request."""
        text = self.as_text()
        return len(text) < LONGEST_KEPT or (is_large and len(quote_plus(text)) < LONGEST_KEPT_IMPORT)


def is_lost() -> bool:
    """Whether a form was sent that can't be brought back: it is too long."""
    is_form = request.method == "POST" and _has_form(_path_of_form())
    is_typed = any(text.strip() for name, text in request.form.items() if not _NOT_KEPT.search(name))
    return is_form and is_typed and Kept.of_request() is None


def form_of(path: str) -> str:
    """The address of the form itself, of one that only looks at where it leads."""
    for look in LOOKS:
        path = path.removesuffix(look)
    return path


def save_nothing_resumed(app: Flask) -> None:
    """See to it that what is only brought back is not saved: the form is shown empty instead."""

    @app.errorhandler(NotSaved)
    def show_form_again(error: NotSaved) -> Response:
        flash(_("Du är inloggad igen. Inget är sparat än: gör om det du gjorde."))
        return redirect_to(request.full_path.rstrip("?") if _has_form(request.path) else STAFF)


def show_kept(kept: Kept, status: int = 200) -> Response:
    """The page that leads back to the form."""
    return make_response(render_template("staff/resume.html", kept=kept, marker=RESUMED), status)


def _refuse_to_save(session: Session, *_rest: Any) -> None:
    if request and is_resuming():
        raise NotSaved


def _path_of_form() -> str:
    """The address whose page can show again what is sent to this one."""
    shown_by = SHOWN_BY.get(request.endpoint or "")
    return url_for(shown_by, **(request.view_args or {})) if shown_by else form_of(request.path)


def _has_form(path: str) -> bool:
    """Whether the address both shows a form and takes it."""
    router = current_app.url_map.bind(request.host)
    try:
        found = {router.match(path, method=method)[0] for method in ("GET", "POST")}
    except HTTPException:
        return False
    return path.startswith(STAFF) and all(endpoint.startswith("staff.") for endpoint in found)


event.listen(Session, "before_flush", _refuse_to_save)
