/* What the wall shows at a moment: a pure function of the snapshot, the time and when it was confirmed. */

import { dayInWords, localTime } from "./clock.js";

const LATE = 15 * 60_000;
const MOST_PINNED = 3;
const CLEARLY = 2 * 60_000;
const DAY = 24 * 60 * 60_000;
// No screen is older than khcal, and none is left alone for longer than this.
const EARLIEST = Date.UTC(2026, 0, 1);
const LONGEST_ALONE = 400 * DAY;

/** Everything to be seen at `now`; `today` is missing when nobody knows the programme of the day. */
export function screenAt(snapshot, heardAt, now) {
  if (!isPossible(snapshot, heardAt, now)) return unknownTime(snapshot);
  const { date, time } = localTime(now);
  const today = snapshot?.days.find((day) => day.date === date);
  return {
    time,
    date,
    day: today ?? dayInWords(now),
    week: today ? fill(snapshot.words.week, { week: today.week }) : "",
    chapter: snapshot?.chapter ?? null,
    words: snapshot?.words ?? null,
    subscribe: snapshot?.subscribe ?? null,
    freshness: freshness(snapshot, heardAt, now),
    known: Boolean(today),
    ...(today ? programmeOf(today, snapshot, now) : {}),
  };
}

/** Whether it can be that late: a device that lost its power may believe in any year. */
function isPossible(snapshot, heardAt, now) {
  if (now < EARLIEST) return false;
  if (!snapshot || heardAt === null) return true;
  return now > heardAt - CLEARLY && now < heardAt + LONGEST_ALONE;
}

/** No day is shown rather than a wrong one. */
function unknownTime(snapshot) {
  return {
    time: "",
    date: "",
    day: { weekday: "", label: "" },
    week: "",
    chapter: snapshot?.chapter ?? null,
    words: snapshot?.words ?? null,
    subscribe: snapshot?.subscribe ?? null,
    freshness: { level: "none", text: "" },
    known: false,
    isClockWrong: true,
  };
}

function programmeOf(today, snapshot, now) {
  const rows = rowsAt(today.events, now).map((row) => ({ ...row, date: today.date }));
  const coming = nextDay(today, snapshot);
  const nothing = rows.length === 0 && !today.closed;
  return {
    rows,
    pinned: rows.filter((row) => row.pinned).length,
    closed: today.closed,
    notices: today.notices,
    // What the large words already say is not said again.
    coming: nothing && coming?.events.length === 1 ? null : coming,
    empty: nothing ? emptyWords(today, snapshot, coming) : null,
  };
}

/** The day's rows in order of need: what goes on, what comes next, the rest; what is over is gone. */
export function rowsAt(events, now) {
  const left = events.filter((event) => event.end_ms > now);
  const ongoing = left.filter((event) => takesPlace(event) && hasTimes(event) && event.start_ms <= now);
  const waiting = left.filter((event) => takesPlace(event) && hasTimes(event) && event.start_ms > now);
  const soonest = Math.min(...waiting.map((event) => event.start_ms));
  const next = waiting.filter((event) => event.start_ms === soonest);
  const first = [...pick(ongoing, "now"), ...pick(next, "next")];
  // With much at once something must still change from page to page.
  first.forEach((row, index) => (row.pinned = index < MOST_PINNED));
  const rest = left.filter((event) => !ongoing.includes(event) && !next.includes(event));
  return [...first, ...pick(rest, "later")];
}

function pick(events, state) {
  return events.map((event) => ({ ...event, state, pinned: false }));
}

/** Whether somebody can come to it. */
export function takesPlace(event) {
  return !isCalledOff(event) && event.kind !== "closure";
}

/** Whether somebody may come to it in vain. */
export function isCalledOff(event) {
  return event.status === "cancelled" || event.status === "moved";
}

function hasTimes(event) {
  return Boolean(event.time);
}

/** The first day after today with something to come to, and how to speak of it. */
function nextDay(today, snapshot) {
  const later = snapshot.days.filter((day) => day.date > today.date);
  const tomorrow = later[0];
  const found = later.find((day) => day.events.some(takesPlace));
  if (!found) return null;
  const words = snapshot.words;
  const pattern = found === tomorrow ? words.tomorrow : tomorrow.closed ? words.closed_tomorrow : words.not_tomorrow;
  const first = found.events.find(takesPlace);
  return {
    heading: fill(pattern, { weekday: found.weekday, day: found.label }),
    events: found.events,
    sentence: fill(first.time ? words.next_is : words.next_is_all_day, {
      title: first.title,
      day: found === tomorrow ? words.in_tomorrow : found.label,
      time: first.time,
    }),
  };
}

function emptyWords(today, snapshot, coming) {
  const words = snapshot.words;
  const last = snapshot.days.at(-1).label;
  return {
    title: today.events.length ? words.nothing_more : words.nothing_today,
    text: coming ? coming.sentence : fill(words.nothing_planned, { day: last }),
  };
}

/** How old the programme is: fresh, late (a quarter of an hour) or old (a day), and the words for it. */
export function freshness(snapshot, heardAt, now) {
  if (!snapshot || heardAt === null) return { level: "none", text: "" };
  const age = now - heardAt;
  const heard = localTime(heardAt);
  const told = { time: heard.time, day: dayInWords(heardAt).label };
  const { updated, late, late_day, old } = snapshot.words;
  if (age < LATE) return { level: "fresh", text: fill(updated, told) };
  if (age >= DAY) return { level: "old", text: fill(old, told) };
  return { level: "late", text: fill(heard.date === localTime(now).date ? late : late_day, told) };
}

/** `fill("vecka {week}", { week: 48 })`. */
export function fill(pattern = "", values) {
  return pattern.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}
