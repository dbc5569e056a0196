"""Another house, hidden, or thrown away: identity, addresses and books stay true, undo works."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from khcal.db import db
from khcal.models import Chapter, Event, EventShownIn, Occurrence
from khcal.models.archiving import delete_draft, still_to_come
from khcal.models.bookkeeping import listing_differences
from khcal.models.owning import give
from khcal.models.sharing import hide_in, is_hidden_in, is_offered_to, show_again_in
from khcal.models.siblings import keep_pairs
from tests.factories import make_chapter, make_event, make_room
from tests.models.acting import act, olds, shown, take_back


@pytest.fixture(autouse=True)
def _inside(any_engine_app: Flask) -> Iterator[None]:
    with any_engine_app.app_context():
        yield
        assert listing_differences(db.session()) == (set(), set())


@pytest.fixture
def here() -> Chapter:
    return make_chapter("har", name="Här", street="Storgatan 1", city="Borås")


@pytest.fixture
def there() -> Chapter:
    return make_chapter("dar", name="Där")


# Another house.


def test_a_given_activity_keeps_its_identity(here: Chapter, there: Chapter) -> None:
    event = make_event(here, "2026-12-01 13:00", room=make_room(here))
    act("owner")
    before = [(row.uid, row.id) for row in event.occurrences]
    sequence = event.occurrences[0].sequence
    give(db.session(), [event], there, "malarkvall", keeps_showing=False)
    db.session.commit()
    assert [(row.uid, row.id) for row in event.occurrences] == before
    assert event.occurrences[0].sequence > sequence
    assert (shown(here), shown(there)) == ([], ["Målarkväll"])
    assert olds() == [("har", "malarkvall", "dar", "malarkvall")]
    assert event.address == "Storgatan 1, Borås"


def test_the_giver_can_go_on_showing_it(here: Chapter, there: Chapter) -> None:
    third = make_chapter("tredje")
    event = make_event(here, "2026-12-01 13:00", shown_in=(there, third))
    hide_in(event, there)
    act("owner")
    give(db.session(), [event], there, "malarkvall", keeps_showing=True)
    db.session.commit()
    assert [shown(house) for house in (here, there, third)] == [["Målarkväll"]] * 3
    assert not is_hidden_in(event, there)


def test_giving_can_be_undone(here: Chapter, there: Chapter) -> None:
    event = make_event(here, "2026-12-01 13:00")
    act("owner")
    give(db.session(), [event], there, "malarkvall", keeps_showing=False)
    take_back()
    assert (event.chapter, shown(here), shown(there)) == (here, ["Målarkväll"], [])
    assert olds() == [("dar", "malarkvall", "har", "malarkvall")]


def test_back_and_forth_leaves_no_circle(here: Chapter, there: Chapter) -> None:
    event = make_event(here, "2026-12-01 13:00")
    for house in (there, here):
        act("owner")
        give(db.session(), [event], house, "malarkvall", keeps_showing=False)
    db.session.commit()
    assert olds() == [("dar", "malarkvall", "har", "malarkvall")]


def test_an_import_key_that_is_taken_there_is_dropped(here: Chapter, there: Chapter) -> None:
    make_event(there, import_key="A-1")
    event = make_event(here, "2026-12-01 13:00", import_key="A-1")
    act("owner")
    give(db.session(), [event], there, "egen", keeps_showing=False)
    assert event.import_key is None


# Hidden by the house that it is shared with.


@pytest.mark.parametrize("everywhere", [False, True])
def test_hidden_it_is_absent_there_alone(here: Chapter, there: Chapter, everywhere: bool) -> None:
    event = make_event(
        here, "2026-12-01 13:00", everywhere=everywhere, shown_in=() if everywhere else (there,)
    )
    act("hide")
    hide_in(event, there)
    hide_in(event, there)
    db.session.commit()
    assert (shown(here), shown(there)) == (["Målarkväll"], [])
    # The owner saves meanwhile.
    event.show_in([] if everywhere else [there])
    db.session.commit()
    assert (shown(there), is_hidden_in(event, there)) == ([], True)
    show_again_in(event, there)
    db.session.commit()
    assert shown(there) == ["Målarkväll"]


def test_hiding_can_be_undone(here: Chapter, there: Chapter) -> None:
    event = make_event(here, "2026-12-01 13:00", everywhere=True)
    act("hide")
    hide_in(event, there)
    take_back()
    assert shown(there) == ["Målarkväll"]
    assert db.session.get(EventShownIn, (event.id, there.id)) is None


def test_what_nobody_shares_cannot_be_hidden(here: Chapter, there: Chapter) -> None:
    event = make_event(here, "2026-12-01 13:00")
    assert not is_offered_to(event, there)
    assert not is_offered_to(event, here)


# Parallel groups.


def test_both_point_at_each_other_and_let_go_of_each_other(here: Chapter, there: Chapter) -> None:
    one, two, three = (make_event(here, title=title) for title in "ABC")
    foreign = make_event(there, title="D")
    act("sibling")
    for new, former in ((two, None), (three, two), (foreign, three)):
        one.sibling_id = new.id
        keep_pairs(db.session(), one, former.id if former else None, lambda house: bool(house == here.id))
        db.session.flush()
    assert [each.sibling_id for each in (two, three, foreign)] == [None, None, None]
    one.sibling_id = two.id
    keep_pairs(db.session(), one, foreign.id, lambda _house: True)
    assert two.sibling_id == one.id


# Thrown away and put away.


def test_a_draft_is_gone_and_comes_back_with_its_uids(here: Chapter) -> None:
    event = make_event(here, "2026-12-01 13:00", published=False)
    other = make_event(here, title="Syskon", sibling=event)
    uids = (event.uid, event.occurrences[0].uid)
    act("delete-draft")
    delete_draft(db.session(), event)
    take_back()
    row = db.session.scalars(db.select(Occurrence)).one()
    assert (row.event.uid, row.uid) == uids
    assert other.sibling_id == row.event_id


def test_what_was_published_is_not_deleted(here: Chapter) -> None:
    event = make_event(here, "2026-12-01 13:00")
    with pytest.raises(ValueError, match="never deleted"):
        delete_draft(db.session(), event)
    assert db.session.get(Event, event.id) is event


def test_what_is_called_off_is_not_still_to_come(here: Chapter) -> None:
    event = make_event(here, "2026-11-20 13:00", "2026-12-01 13:00", "2026-12-08 13:00")
    event.occurrences[1].cancel("Sjuk.")
    assert still_to_come(event) == [event.occurrences[2]]
