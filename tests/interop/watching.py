"""A subscriber who looks at every feed after each edit, and says what must never have happened.

A date is known by its label: what it was called and when it was, the first time that any feed told of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from khcal.calendaring import clock
from khcal.calendaring.feed_window import window
from khcal.db import db
from khcal.models import Chapter, Event, Listing, Occurrence
from tests.interop import lint
from tests.interop.feeds import NARROWED_BY, expected, rows_of
from tests.interop.parsers import with_icalendar
from tests.interop.told import Told, in_feed, in_json, label_of

# One filter reads what feeds do not tell, one what they tell, and one the words that people wrote.
NARROWED = (".ics?for=alla", "/diskret.ics?typ=lugn", ".ics?sok=fika")
# To look at these of every house would take as long as all else.
OF_ONE_HOUSE = (".json", *NARROWED)


@dataclass(frozen=True)
class Copy:
    """A feed as it was fetched; its dates by their uid."""

    answer: TestResponse
    dates: dict[str, Told]

    @property
    def etag(self) -> str:
        return str(self.answer.headers["ETag"])

    @property
    def modified(self) -> datetime:
        assert self.answer.last_modified
        return self.answer.last_modified

    @property
    def stamp(self) -> str:
        """When the file itself says that it was last changed; JSON does not."""
        head = self.answer.text.partition("BEGIN:VEVENT")[0]
        return head.partition("LAST-MODIFIED:")[2][: len("20261123T120000Z")]


@dataclass
class Difference:
    """The labels of dates that came into some feed, went out of one, or read otherwise than before."""

    came: set[str]
    went: set[str]
    changed: set[str]
    # What came into a narrowed feed or went out of it while its house told of it all the same.
    narrowed: set[str] = field(default_factory=set)

    def add(self, more: Difference) -> None:
        """Tell of another feed as well."""
        self.came |= more.came
        self.went |= more.went
        self.changed |= more.changed

    def add_narrowed(self, more: Difference, whole: Difference) -> None:
        """Tell of a feed that a filter makes of the ``whole`` one."""
        self.changed |= more.changed
        self.narrowed |= (more.came - whole.came) | (more.went - whole.went)


class Watch:
    """All feeds of ``app`` as they were last seen."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.uids: dict[str, str] = {}
        # A feed that was not looked at after the edit before tells of more than the last one.
        self.looked_at: set[str] = set()
        self.seen: dict[str, Copy] = {}
        self.seen = {path: self._fetched(path) for path in self._addresses()}
        self._name_new_ones(self.seen)
        self.looked_at = set(self.seen)

    def look(
        self, may_go: frozenset[str] = frozenset(), may_regroup: bool = False, only_houses: bool = False
    ) -> Difference:
        """Fetch all anew, hold it against what was, and tell the difference.

        Nothing goes that was not called off, but for the labels that ``may_go``; and out of a group's feed
        when ``may_regroup``. With ``only_houses`` the groups' feeds are left for another time.
        """
        before = self.seen
        asked = [path for path in self._addresses() if not (only_houses and "/aktivitet/" in path)]
        after = {path: self._fetched(path) for path in asked}
        self._name_new_ones(after)
        found = Difference(self.labels(_uids(after) - _uids(before)), set(), set())
        differences = {path: self._compare(path, before[path], after[path]) for path in after.keys() & before}
        for path in differences.keys() & self.looked_at:
            here, (whole, _, query) = differences[path], path.partition("?")
            if query:
                found.add_narrowed(here, differences[whole])
                continue
            found.add(here)
            lost = {each for each in here.went - may_go if not before[path].dates[self.uids[each]].is_off}
            assert not lost or (may_regroup and "/aktivitet/" in path), f"{path} lost {lost}"
        self._compare_with_each_other(after)
        self.seen, self.looked_at = before | after, set(after)
        return found

    def now(self, path: str) -> set[str]:
        """The uids that a feed tells of at this moment."""
        return set(self._fetched(path).dates)

    def labels(self, uids: set[str]) -> set[str]:
        """What the dates with these uids are called here."""
        return {label for label, uid in self.uids.items() if uid in uids}

    def is_the_database(self) -> None:
        """Every feed that was looked at last tells exactly of what is stored."""
        first = window(clock.today())[0]
        current = [*self._houses(), "alla", *self._groups()]
        for feed in [feed for feed in current if f"/{feed}.ics" in self.looked_at]:
            entries = with_icalendar(self.seen[f"/{feed}.ics"].answer.text)
            assert len(entries) == len(set(entries)), feed
            assert set(entries) == expected(self.app, feed, first), feed
        with self.app.app_context():
            rows = rows_of(current[0], first)
        for rest in OF_ONE_HOUSE:
            query = rest.partition("?")[2]
            stored = {row[0].uid for row in rows if not query or NARROWED_BY[query](*row)}
            assert self.seen[f"/{current[0]}{rest}"].dates.keys() == stored, rest

    def _addresses(self) -> list[str]:
        """Every address that is there now, or was once: nobody takes down a subscription."""
        houses = self._houses()
        plain = [f"/{feed}.ics" for feed in (*houses, "alla", *self._groups())]
        discreet = [f"/{house}/diskret.ics" for house in houses]
        others = [f"/{houses[0]}{rest}" for rest in OF_ONE_HOUSE]
        return list(dict.fromkeys([*self.seen, *plain, *discreet, *others]))

    def _houses(self) -> list[str]:
        with self.app.app_context():
            return list(db.session.scalars(select(Chapter.slug).order_by(Chapter.id)))

    def _groups(self) -> list[str]:
        pairs = (
            select(Chapter.slug, Event.slug)
            .join(Listing, Listing.chapter_id == Chapter.id)
            .join(Occurrence, Occurrence.id == Listing.occurrence_id)
            .join(Event, Event.id == Occurrence.event_id)
            .distinct()
        )
        with self.app.app_context():
            return sorted(f"{house}/aktivitet/{group}" for house, group in db.session.execute(pairs))

    def _fetched(self, path: str) -> Copy:
        answer = self.app.test_client().get(path)
        if answer.status_code == 404:
            # A copy of the database that was put back knows nothing of a group that came later.
            assert "/aktivitet/" in path, path
            return Copy(answer, {})
        assert answer.status_code == 200, (path, answer.status)
        if path.endswith(".json"):
            return Copy(answer, in_json(answer.data))
        faults = lint.faults(answer.data, discreet="diskret" in path)
        assert not faults, (path, faults)
        return Copy(answer, in_feed(answer.data))

    def _name_new_ones(self, copies: dict[str, Copy]) -> None:
        known = set(self.uids.values())
        for path, copy in copies.items():
            for uid, told in () if "diskret" in path or path.endswith(".json") else copy.dates.items():
                if uid not in known:
                    label = label_of(told)
                    assert label not in self.uids, f"two dates are called {label}"
                    self.uids[label] = uid
                    known.add(uid)

    def _compare(self, path: str, old: Copy, new: Copy) -> Difference:
        self._compare_answers(path, old, new)
        return self._compare_dates(path, old, new)

    def _compare_answers(self, path: str, old: Copy, new: Copy) -> None:
        """The head of the answer, and what somebody gets who asks whether anything is new."""
        if 404 in (old.answer.status_code, new.answer.status_code):
            return
        is_same = old.answer.data == new.answer.data
        assert (old.etag == new.etag) == is_same, f"{path}: the tag does not follow the bytes"
        assert new.modified >= old.modified, f"{path}: Last-Modified fell"
        assert new.stamp >= old.stamp, f"{path}: the file says that it grew older"
        client = self.app.test_client()
        by_tag = client.get(path, headers={"If-None-Match": old.etag})
        assert by_tag.status_code == (304 if is_same else 200), path
        by_time = client.get(path, headers={"If-Modified-Since": old.answer.headers["Last-Modified"]})
        # A time alone may bring the same once more: it is of a whole house, and in doubt as early as now.
        is_in_doubt = new.modified > old.modified or new.modified >= clock.now()
        assert by_time.status_code == (304 if is_same else 200) or (is_same and is_in_doubt), path

    def _compare_dates(self, path: str, old: Copy, new: Copy) -> Difference:
        changed = set()
        for uid in old.dates.keys() & new.dates.keys():
            was, now = old.dates[uid], new.dates[uid]
            if was.text != now.text:
                changed.add(uid)
                assert now.sequence > was.sequence, f"{path}: SEQUENCE did not rise: {now.text}"
                assert now.stamp > was.stamp, f"{path}: LAST-MODIFIED did not rise: {now.text}"
        came, went = new.dates.keys() - old.dates.keys(), old.dates.keys() - new.dates.keys()
        return Difference(self.labels(came), self.labels(went), self.labels(changed))

    def _compare_with_each_other(self, copies: dict[str, Copy]) -> None:
        """A phone may have a date from two feeds: both count alike, and no number falls.

        A narrowed feed says of each of its dates what the whole one says.
        """
        for path, copy in copies.items():
            assert copy.dates.items() <= copies[path.partition("?")[0]].dates.items(), path
        numbers: dict[str, set[tuple[int, str, bool]]] = {}
        for copy in copies.values():
            for uid, told in copy.dates.items():
                numbers.setdefault(uid, set()).add((told.sequence, told.stamp, told.is_off))
        assert {uid: told for uid, told in numbers.items() if len(told) > 1} == {}
        for old in self.seen.values():
            for uid, was in old.dates.items():
                for sequence, stamp, _ in numbers.get(uid, ()):
                    assert (sequence, stamp) >= (was.sequence, was.stamp)


def _uids(copies: dict[str, Copy]) -> set[str]:
    return {uid for copy in copies.values() for uid in copy.dates}
