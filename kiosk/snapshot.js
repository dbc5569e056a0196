/* The programme: shows the one on disk first, asks for a newer again and again, and keeps the last good one
   whatever the network answers. */

import { localTime } from "./clock.js";
import { Slots } from "./slots.js";

const SCHEMA = "khcal-wall/1";
const EVERY = 30_000;
const JITTER = 6_000;
const LONGEST_WAIT = 300_000;
const PATIENCE = 8_000;

export class Programme {
  /** The last good snapshot, when the server last confirmed it, and the client that the server wants. */
  snapshot = null;
  heardAt = null;
  wantedShell = "";
  #address;
  #chapter;
  #clock;
  #onChange;
  #onAnswer;
  #slots;
  #etag = "";
  #kept = null;
  #failures = 0;
  #askedToWait = 0;
  #asking = false;
  #timer = 0;

  constructor({ chapter, clock, onChange, onAnswer }) {
    this.#address = `/skarm/${encodeURIComponent(chapter)}/program.json`;
    this.#chapter = chapter;
    this.#clock = clock;
    this.#onChange = onChange;
    this.#onAnswer = onAnswer;
    this.#slots = new Slots(`program/${encodeURIComponent(chapter)}`);
  }

  /** Begin with what was kept before this page was opened; no network is asked. */
  async restore() {
    const kept = await this.#slots.read();
    if (!kept || this.snapshot) return;
    this.heardAt = kept.heardAt;
    try {
      this.#draw(checked(JSON.parse(kept.text), kept.chapter));
    } catch (fault) {
      this.heardAt = null;
      console.info("The kept programme is of no use:", fault.message);
      return;
    }
    this.#kept = kept;
    this.#etag = kept.etag;
  }

  /** Ask now and go on asking; while a question is under way this does nothing. */
  async ask() {
    if (this.#asking) return;
    this.#asking = true;
    clearTimeout(this.#timer);
    try {
      this.#askedToWait = 0;
      await this.#fetch();
      this.#failures = 0;
    } catch (fault) {
      this.#failures += 1;
      console.info("No new programme:", fault.message);
    } finally {
      this.#asking = false;
      this.#timer = setTimeout(() => this.ask(), waitAfter(this.#failures, this.#askedToWait));
      this.#onChange();
      this.#onAnswer();
    }
  }

  async #fetch() {
    const answer = await fetch(this.#address, {
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      headers: this.#etag ? { "If-None-Match": this.#etag } : {},
      signal: AbortSignal.timeout(PATIENCE),
    });
    this.wantedShell = answer.headers.get("X-Kiosk-Shell") ?? this.wantedShell;
    this.#askedToWait = 1000 * Number(answer.headers.get("Retry-After")) || 0;
    const text = this.#isUnchanged(answer) ? null : await textOf(answer);
    const chapter = answer.headers.get("X-Kiosk-Chapter") ?? this.#chapter;
    const found = text === null ? this.snapshot : checked(JSON.parse(text), chapter);
    this.#clock.hear(Number(answer.headers.get("X-Server-Time")));
    this.#refuseIfWorse(found);
    if (found !== this.snapshot) this.#draw(found);
    this.#etag = answer.headers.get("ETag") ?? "";
    this.heardAt = this.#clock.now();
    if (text !== null) this.#keep({ text, chapter, etag: this.#etag, heardAt: this.heardAt });
  }

  /** A 304 that is about something else than what we have says nothing. */
  #isUnchanged(answer) {
    if (answer.status !== 304 || !this.snapshot) return false;
    const etag = answer.headers.get("ETag") ?? this.#etag;
    return etag.replace(/^W\//, "") === this.#etag.replace(/^W\//, "");
  }

  /** An old document, as out of somebody's cache, must not take away the day that is known. */
  #refuseIfWorse(found) {
    const { date } = localTime(this.#clock.now());
    if (tellsOf(this.snapshot, date) && !tellsOf(found, date)) throw new Error("not of today");
  }

  /** One that this release cannot draw, as a newer server's, must not take away what can be drawn. */
  #draw(found) {
    const before = this.snapshot;
    this.snapshot = found;
    try {
      this.#onChange();
    } catch (fault) {
      this.snapshot = before;
      throw fault;
    }
  }

  /** Write what is known, if the disk has lost it. */
  async keepIfLost() {
    if (this.#kept && !(await this.#slots.read())) this.#keep(this.#kept);
  }

  /** A full disk is no reason to show less, nor to say that nobody answers. */
  #keep(content) {
    this.#kept = content;
    this.#slots.write(content).catch((fault) => console.info("The programme is not kept:", fault.message));
  }
}

/** The body of a good answer. Throws on anything else, as a portal's page. */
async function textOf(answer) {
  if (answer.status !== 200) throw new Error(`the server answers ${answer.status}`);
  const type = answer.headers.get("Content-Type") ?? "";
  if (!type.startsWith("application/json")) throw new Error(`the answer is ${type}`);
  return answer.text();
}

/** `found` if it is a whole programme of `chapter`; throws otherwise. */
function checked(found, chapter) {
  if (found?.schema !== SCHEMA || found.chapter?.slug !== chapter) throw new Error("not our document");
  if (!Array.isArray(found.days) || !found.days.every(isDay) || !found.words) throw new Error("not whole");
  return found;
}

function tellsOf(snapshot, date) {
  return Boolean(snapshot?.days.some((day) => day.date === date));
}

function isDay(day) {
  const { date, label, weekday, events, notices } = day ?? {};
  if (![date, label, weekday].every(isText)) return false;
  return Array.isArray(notices) && notices.every(isText) && Array.isArray(events) && events.every(isEvent);
}

function isEvent(event) {
  const { start_ms, end_ms, time, until, title, kind, where, status, tag, change_note } = event ?? {};
  const texts = [time, until, title, kind, where, status, tag, change_note];
  return Number.isFinite(start_ms) && Number.isFinite(end_ms) && texts.every(isText);
}

function isText(value) {
  return typeof value === "string";
}

/** Milliseconds to the next question; spread out, so that many screens do not ask at once, and not before the
    server wants it. */
function waitAfter(failures, askedToWait) {
  const longest = Math.min(EVERY * 2 ** Math.max(0, failures - 1), LONGEST_WAIT);
  return Math.max(longest - Math.random() * JITTER, Math.min(askedToWait, LONGEST_WAIT));
}
