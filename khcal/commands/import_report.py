"""What an import did, or would do, in Swedish sentences: counts for each house, and what to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from khcal.calendaring.import_plan import EventChange, ImportPlan, Kept
from khcal.calendaring.merge import ABSENT
from khcal.calendaring.phrases.imports import caution_line, column_of, value_in_words
from khcal.i18n import _, ngettext


def report_lines(plan: ImportPlan, is_dry_run: bool) -> Iterator[str]:
    """The whole report. ``is_dry_run`` says that nothing was written."""
    for house in plan.houses:
        if house.changes_something:
            told = _("{name}: nytt hus.") if house.is_new else _("{name}: huset är ändrat.")
            yield told.format(name=house.imported["name"])
    for slug, events in _by_house(plan.events):
        yield f"{plan.names[slug]}: {', '.join(_counted(events))}."
    changed = (house.changes_something for house in plan.houses)
    if not any(changed) and not any(event.changes_something for event in plan.events):
        yield _("Inget har ändrats sedan förra gången.")
    yield from _section(_("Står kvar som någon ändrat det i kalendern:"), map(_kept_line, plan.kept))
    missing = (f"{plan.names[each.house]}, {each.key}: {each.title}" for each in plan.missing)
    yield from _section(_("Finns i kalendern men inte längre i filen; inget är borttaget:"), missing)
    yield from _section(_("Se över:"), (caution_line(caution, plan.names) for caution in plan.cautions))
    if is_dry_run:
        yield _("Det här var en provkörning. Inget är skrivet.")


def _by_house(events: Iterable[EventChange]) -> Iterator[tuple[str, list[EventChange]]]:
    listed = list(events)
    for slug in dict.fromkeys(event.house for event in listed):
        yield slug, [event for event in listed if event.house == slug]


def _counted(events: list[EventChange]) -> Iterator[str]:
    count = Counter(
        "new" if event.is_new else "changed" if event.changes_something else "same" for event in events
    )
    added = sum(change.is_new for event in events for change in event.dates)
    changed = sum(bool(not each.is_new and each.fields) for event in events for each in event.dates)
    for number, told in (
        (count["new"], ngettext("{n} ny aktivitet", "{n} nya aktiviteter", count["new"])),
        (count["changed"], ngettext("{n} ändrad aktivitet", "{n} ändrade aktiviteter", count["changed"])),
        (count["same"], ngettext("{n} oförändrad aktivitet", "{n} oförändrade aktiviteter", count["same"])),
        (added, ngettext("{n} nytt datum", "{n} nya datum", added)),
        (changed, ngettext("{n} ändrat datum", "{n} ändrade datum", changed)),
    ):
        if number:
            yield told.format(n=number)


def _section(heading: str, lines: Iterable[str]) -> Iterator[str]:
    listed = list(lines)
    if listed:
        yield ""
        yield heading
        yield from (f"  {line}" for line in listed)
        yield ""


def _kept_line(kept: Kept) -> str:
    path = kept.conflict.path
    what = ", ".join(column_of(name) for name in path)
    where = _("rad {row} ({key}), {title}").format(row=kept.row, key=kept.key, title=kept.title)
    file_says = _("borttaget") if kept.conflict.theirs is ABSENT else value_in_words(kept.conflict.theirs)
    told = _("{where}: {what}. I filen står: {file_says}.")
    return told.format(where=where if kept.key else kept.title, what=what, file_says=file_says)
