/* What the wall shows instead of today's programme: what a visitor asked for, or the little of a screen that
   rests. Like the rest of what is shown it is a pure function of the snapshot and the time. */

import { dayInWords } from "./clock.js";
import { fill, isCalledOff, takesPlace } from "./screen.js";

const DAYS = 7;
// Of what is called off a screen that rests names so many, the soonest.
const MOST_OFF = 2;
const BARE = { pinned: 0, coming: null, notices: [], closed: null, empty: null };

/** `screen` with what was `asked`: `{ view: "day" | "week" | "one", date, id }`; null when that is not there. */
export function viewOf(screen, asked, snapshot) {
  if (asked.view === "week") return weekOf(screen, snapshot);
  return asked.view === "day" ? dayOf(screen, asked.date, snapshot) : oneOf(screen, asked, snapshot);
}

/** The day `number` days after an ISO date. */
export function dayAfter(date, number) {
  const [year, month, day] = date.split("-");
  return new Date(Date.UTC(year, month - 1, Number(day) + number)).toISOString().slice(0, 10);
}

function dayOf(screen, date, snapshot) {
  if (date <= screen.date) return null;
  const words = screen.words;
  const found = findDay(snapshot, date);
  const empty = { title: found ? words.nothing_then : words.unknown_then, text: "" };
  const rows = (found?.events ?? []).map((event) => later(event, date));
  return {
    ...screen,
    ...BARE,
    heading: headingOf(screen, date),
    rows,
    closed: found?.closed ?? null,
    notices: found?.notices ?? [],
    empty: rows.length ? null : empty,
    // What is said of another day never says "today".
    words: { ...words, closed_today: words.closed_then, closed_except: words.closed_except_then },
  };
}

function weekOf(screen, snapshot) {
  const dates = Array.from({ length: DAYS }, (_, index) => dayAfter(screen.date, index + 1));
  const rows = dates.map((date) => {
    const day = findDay(snapshot, date);
    const { weekday, label } = day ?? dayInWords(Date.parse(`${date}T12:00Z`));
    const { closed_then, nothing_then, unknown_then } = screen.words;
    const said = !day ? unknown_then : day.closed ? closed_then : day.events.length ? "" : nothing_then;
    return { date, weekday, label: label.slice(weekday.length + 1), said, events: day?.events ?? [], days: true };
  });
  return { ...screen, ...BARE, heading: screen.words.week_ahead, rows };
}

function oneOf(screen, { date, id }, snapshot) {
  const event = findDay(snapshot, date)?.events.find((each) => each.id === id);
  if (!event) return null;
  const now = screen.date === date && screen.rows.find((row) => row.id === id);
  const { subscribe, chapter } = snapshot;
  const address = event.has_page && subscribe?.address
    // The short address of the house stands beside those of its dates.
    ? new URL(`../${chapter.slug}/tillfalle/${id}`, subscribe.address).href
    : "";
  return {
    ...screen,
    ...BARE,
    heading: headingOf(screen, date),
    rows: [now || later(event, date)],
    one: { text: event.text ?? "", lang: event.lang, need: event.need ?? "", address },
  };
}

function headingOf(screen, date) {
  const { words } = screen;
  const label = dayInWords(Date.parse(`${date}T12:00Z`)).label;
  if (date === screen.date) return fill(words.in_words, { day: label });
  return date === dayAfter(screen.date, 1) ? fill(words.tomorrow_in_words, { day: label }) : label;
}

/** What is still true of a screen outside its own hours, and when it tells more: `opens` as `08.00`. */
export function restOf(screen, opens) {
  const { rows, words, coming, closed, empty, notices } = screen;
  const next = rows.find((row) => takesPlace(row) && row.state !== "later") ?? rows.find(takesPlace);
  const said = next
    ? `${words[next.state] ?? words.next} ${inOneLine(next)}`
    : closed ? words.closed_today : empty?.title ?? words.nothing_more;
  const off = rows.filter(isCalledOff).slice(0, MOST_OFF).map((row) => `${row.tag}: ${inOneLine(row)}.`);
  const more = [...off, next ? "" : coming?.sentence ?? empty?.text, fill(words.lit_again, { time: opens })];
  return { ...screen, ...BARE, notices, rows: [], empty: { title: said, text: more.filter(Boolean).join(" ") } };
}

/** The hours are one word, which no line ends within. */
function inOneLine({ time, until, title }) {
  return [time + until.replace("–", "–\u2060"), title].filter(Boolean).join(" ");
}

function later(event, date) {
  return { ...event, date, state: "later", pinned: false };
}

function findDay(snapshot, date) {
  return snapshot.days.find((day) => day.date === date);
}
