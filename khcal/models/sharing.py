"""What a house does with the activities of others that it is to show: hide them, and show them again."""

from __future__ import annotations

from .chapter import Chapter
from .event import Event, EventShownIn


def is_offered_to(event: Event, house: Chapter) -> bool:
    """Whether another house wants this one to show its activity, hidden here or not."""
    if event.chapter_id == house.id:
        return False
    return event.everywhere or _shown(event, house) is not None


def is_hidden_in(event: Event, house: Chapter) -> bool:
    """Whether the house has chosen not to show it."""
    shown = _shown(event, house)
    return shown is not None and shown.hidden


def hide_in(event: Event, house: Chapter) -> None:
    """Let the house not show it, though its owner shares it. It vanishes there from pages, feeds and wall."""
    shown = _shown(event, house)
    if shown is None:
        event.shown_in.append(EventShownIn(chapter=house, hidden=True))
    else:
        shown.hidden = True


def show_again_in(event: Event, house: Chapter) -> None:
    """Take back that the house hid it."""
    shown = _shown(event, house)
    if shown is not None and shown.hidden:
        shown.hidden = False


def _shown(event: Event, house: Chapter) -> EventShownIn | None:
    return next((each for each in event.shown_in if each.chapter is house), None)
