"""Headers of every answer, errors included: a strict policy for content, no referrers, no frames but one."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response

from khcal.config import Settings

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "font-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types htmx default",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# Of the one page that other sites may show in a frame.
FRAMED_POLICY = CONTENT_POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
ONE_YEAR = 365 * 24 * 3600


def init_app(app: Flask) -> None:
    """Send the headers with every answer of ``app``."""
    # The server beneath sends them too, with what it refuses before Flask sees it.
    headers = app.extensions["khcal.headers"] = _headers_for(app.extensions["khcal"])

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        if response.headers["Content-Security-Policy"] == FRAMED_POLICY:
            del response.headers["X-Frame-Options"]
        return response


def let_be_framed(response: Response) -> Response:
    """Let any site show this answer in a frame. All others refuse."""
    response.headers["Content-Security-Policy"] = FRAMED_POLICY
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _headers_for(settings: Settings) -> dict[str, str]:
    """The headers of every answer of an installation with these settings."""
    https = {"Strict-Transport-Security": f"max-age={2 * ONE_YEAR}"} if settings.is_secure else {}
    return HEADERS | https


def trusted_hosts(settings: Settings) -> list[str]:
    """The names khcal answers to: its public one, and this machine for a proxy or a health check."""
    return [urlsplit(settings.public_url).hostname or "", "localhost", "127.0.0.1", "[::1]"]
