"""The door: nothing under ``/personal/`` answers a stranger.

Public pages never touch the session, so they neither set nor vary by a cookie. Flask-Login's own
``init_app`` would do so after every answer; it is told of the manager in one line instead.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

from flask import Flask, Response, abort, current_app, make_response, render_template, request
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import HTTPException

from khcal import permissions
from khcal.config import Settings
from khcal.forms.sign_in import SignInForm
from khcal.i18n import gettext as _

from ..access import READING, is_resuming, redirect_to
from ..htmx import aimed_at, is_partial
from .blueprint import blueprint
from .people import is_logged_in, make_login_manager, note_activity, person, take_turns
from .resuming import LARGE, Kept, form_of, is_lost, save_nothing_resumed, show_kept

HOME = "/personal/"
LOG_IN = "/personal/logga-in"
PREVIEWS = frozenset(
    {
        *("staff.preview_new", "staff.preview_event", "staff.fill_from_line"),
        *("staff.preview_move", "staff.preview_move_many", "staff.preview_longer"),
    }
)
CLOSURES = frozenset({"staff.preview_new_closure", "staff.preview_closure"})
OPEN_ENDPOINTS = frozenset(
    {
        *("staff.log_in_page", "staff.log_in"),
        # Whoever has the link comes in; the views look at its token.
        *("staff.invitation_page", "staff.accept_invitation"),
        *("staff.new_password_page", "staff.choose_password"),
    }
)


def init_app(app: Flask) -> None:
    """Close ``/personal/`` of ``app`` to strangers and guard every form."""
    settings: Settings = app.extensions["khcal"]
    app.config.update(
        SESSION_COOKIE_NAME="__Host-kh" if settings.is_secure else "kh",
        SESSION_COOKIE_SECURE=settings.is_secure or not settings.is_loopback,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # we send no referrers; guard() looks at Sec-Fetch-Site
        WTF_I18N_ENABLED=False,
    )
    app.login_manager = make_login_manager()  # type: ignore[attr-defined]
    app.before_request(guard)
    CSRFProtect(app)
    app.register_error_handler(CSRFError, show_stale_form)
    save_nothing_resumed(app)


def guard() -> Response | None:
    """Demand a log-in for everything of the staff, and refuse forms sent from other sites."""
    if not (request.path + "/").startswith(HOME):
        return None
    if request.method not in READING and _comes_from_elsewhere():
        abort(403)
    if request.endpoint in OPEN_ENDPOINTS:
        return None
    if not is_logged_in():
        return _ask_to_log_in()
    if request.method not in READING and not is_resuming():
        take_turns()
        note_activity()
    return None


@blueprint.url_value_preprocessor
def allow_large_fields(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Before anything reads the form: what is read in may be as long as a whole request.

    To log in too, because what was sent too late goes through the log-in page and back.
    """
    if endpoint in LARGE or endpoint == "staff.log_in":
        request.max_form_memory_size = current_app.config["MAX_CONTENT_LENGTH"]


@blueprint.context_processor
def who_is_here() -> dict[str, object]:
    """Staff templates say whose log-in it is."""
    if not is_logged_in():
        return {"person": None}
    grants = person().grants
    return {
        "person": person(),
        "has_several_houses": len(grants) > 1 or permissions.is_national_admin(grants),
        "may_manage_accounts": permissions.may_manage_accounts(grants),
    }


@blueprint.errorhandler(429)
def show_too_many_tries(error: HTTPException) -> Response:
    """Too many wrong tries for this name or from this network."""
    text = _(
        "Av säkerhetsskäl tar vi emot få försök i rad. Vänta en kvart och försök sedan igen. "
        "Har du glömt lösenordet kan en kollega i huset ge dig en länk till ett nytt, under Personer."
    )
    if request.endpoint == "staff.pair_screen":
        text = _(
            "Av säkerhetsskäl tar vi emot få koder i rad. Vänta en kvart och skriv sedan den som står då."
        )
    response = _error(_("För många försök"), text, 429)
    response.headers["Retry-After"] = "900"
    return response


def show_stale_form(error: CSRFError) -> Response:
    """The form does not belong to this log-in: it is from before it, or cookies are refused."""
    if _is_preview():
        told = _("Du är inloggad igen. Tryck på knappen, så ser du dem här.")
        return _no_preview(told, 400, new_token=True)
    if request.endpoint == "staff.log_in":
        form = SignInForm(request.form)
        form.form_errors = [_("Sidan hade legat för länge. Logga in igen. Webbläsaren måste ta emot kakor.")]
        return sign_in_page(form, 400)
    if is_logged_in() and (kept := Kept.of_request()):
        return show_kept(kept, 400)
    text = _(
        "Inget sparades. Sidan hör till en tidigare inloggning. Gå tillbaka, ladda om sidan och gör om det. "
        "Webbläsaren måste ta emot kakor från den här adressen."
    )
    return _error(_("Sidan har blivit för gammal"), text, 400)


def own_address(wanted: str) -> str:
    """The staff page that ``wanted`` names, with what it asks for, otherwise where staff begin."""
    parts = urlsplit(wanted)
    if parts.scheme or parts.netloc or "\\" in wanted or not wanted.startswith(HOME):
        return HOME
    router = current_app.url_map.bind(request.host)
    try:
        endpoint, _values = router.match(parts.path, method="GET")
    except HTTPException:
        return HOME
    is_own = endpoint.startswith("staff.") and endpoint not in OPEN_ENDPOINTS
    return parts._replace(fragment="").geturl() if is_own else HOME


def sign_in_page(form: SignInForm, status: int = 200) -> Response:
    """The form to log in with, and what was sent meanwhile, hidden in it."""
    kept = Kept.from_text(form.kept.data or "")
    return make_response(render_template("staff/sign_in.html", form=form, kept=kept), status)


def _comes_from_elsewhere() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in {"same-origin", "none"}
    # Older browsers. Without referrers the origin of our own forms is "null"; the token decides then.
    origin = request.headers.get("Origin", "null")
    return origin != "null" and urlsplit(origin).netloc != request.host


def _ask_to_log_in() -> Response:
    if _is_preview():
        told = _("Du är utloggad. Det du har skrivit står kvar här.")
        return _no_preview(told, 401, log_in=LOG_IN)
    if request.headers.get("HX-Request"):
        response = make_response("", 401)
        response.headers["HX-Redirect"] = LOG_IN
        return response
    if kept := Kept.of_request():
        return sign_in_page(SignInForm(data={"kept": kept.as_text()}), 401)
    if is_lost():
        form = SignInForm(data={"next": form_of(request.path)})
        form.form_errors = [_("Du har blivit utloggad, och det du skickade var för långt för att följa med.")]
        return sign_in_page(form, 401)
    # Only an address that can be looked at leads back; a button is not pressed by logging in.
    wanted = request.full_path.rstrip("?")
    is_page = own_address(wanted) == wanted != HOME
    return redirect_to(f"{LOG_IN}?next={quote(wanted, safe='/')}" if is_page else LOG_IN)


def _is_preview() -> bool:
    """Whether a form asks for its dates in the background: no reason to take the form away."""
    return request.endpoint in PREVIEWS | CLOSURES and is_partial()


def _no_preview(trouble: str, status: int, **told: object) -> Response:
    """The box of the dates with what is wrong; it goes on following the form, which stays as it is."""
    part = "staff/_closure_hits.html" if request.endpoint in CLOSURES else "staff/_preview.html"
    box = render_template(part, action=form_of(request.path), trouble=trouble, **told)
    response = make_response(box, status)
    return aimed_at("#date-preview", response) if request.endpoint == "staff.fill_from_line" else response


def _error(heading: str, text: str, code: int) -> Response:
    page = render_template("errors/error.html", code=code, heading=heading, text=text)
    return make_response(page, code)
