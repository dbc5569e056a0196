"""What the action under way has raised: a house and a date take one step an action, all at one moment.

Between its flushes nobody has seen anything of it, and stamps would run ahead of the clock. A step that is
remembered counts only while the row still holds it, for a savepoint may have taken it back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from khcal.calendaring import clock
from khcal.db import Base

_STEPS = "khcal.steps"


@dataclass
class Steps:
    """When the action began (epoch seconds); revision by house, sequence and stamp by date, as raised."""

    moment: int = field(default_factory=clock.epoch_seconds)
    houses: dict[int, int] = field(default_factory=dict)
    dates: dict[int, tuple[int, int]] = field(default_factory=dict)


def steps_of(session: Session) -> Steps:
    """Those of the action under way, which begins with the first question."""
    found: Steps | None = session.info.get(_STEPS)
    if found is None:
        found = session.info[_STEPS] = Steps()
    return found


def forget_steps(session: Session) -> None:
    """The action is over."""
    session.info.pop(_STEPS, None)


def refresh(session: Session, model: type[Base], key: int, values: dict[str, Any]) -> None:
    """Let an object that is loaded already tell what was raised in its row."""
    loaded = session.identity_map.get(session.identity_key(model, key))
    for name, value in values.items() if loaded is not None else ():
        set_committed_value(loaded, name, value)
