"""Page or part of it: the only file that knows the headers of htmx 4."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, make_response, render_template, request


def is_partial() -> bool:
    """Whether htmx asks for a part of the page. Going back in history asks for the whole."""
    return (
        request.headers.get("HX-Request-Type") == "partial"
        and "HX-History-Restore-Request" not in request.headers
    )


def render(template: str, fragment: str | None = None, /, status: int = 200, **context: Any) -> Response:
    """The page, or for htmx only its block ``fragment``: the element with that name and hyphens."""
    if fragment is not None and is_partial():
        body = _block(template, fragment, context)
    else:
        body = render_template(template, **context)
    response = make_response(body, status)
    if fragment is not None:
        response.vary.update(("HX-Request", "HX-Request-Type", "HX-History-Restore-Request"))
    return response


def aimed_at(css: str, response: Response) -> Response:
    """An answer that replaces another element than the one that was asked for."""
    response.headers["HX-Retarget"] = css
    return response


def _block(template: str, name: str, context: dict[str, Any]) -> str:
    """The title and one block of a page, so that the tab is named after what it shows."""
    current_app.update_template_context(context)
    page = current_app.jinja_env.get_template(template)
    context = page.new_context(context)  # type: ignore[assignment]
    parts = [block for block in ("title", name) if block in page.blocks]
    title, *rest = ["".join(page.blocks[part](context)) for part in parts]  # type: ignore[arg-type]
    return f"<title>{title}</title>\n{''.join(rest)}" if rest else title
