/* The programme: asks for it again and again, and keeps the last good one whatever the network answers. */

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
  #etag = "";
  #failures = 0;
  #asking = false;
  #timer = 0;

  constructor({ address, chapter, clock, onChange }) {
    this.#address = address;
    this.#chapter = chapter;
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** Ask now and go on asking; while a question is under way this does nothing. */
  async ask() {
    if (this.#asking) return;
    this.#asking = true;
    clearTimeout(this.#timer);
    try {
      await this.#fetch();
      this.#failures = 0;
    } catch (fault) {
      this.#failures += 1;
      console.info("No new programme:", fault.message);
    } finally {
      this.#asking = false;
      this.#timer = setTimeout(() => this.ask(), waitAfter(this.#failures));
      this.#onChange();
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
    if (!(answer.status === 304 && this.snapshot)) {
      this.snapshot = await readSnapshot(answer, this.#chapter);
      this.#etag = answer.headers.get("ETag") ?? "";
    }
    this.#clock.hear(Number(answer.headers.get("X-Server-Time")));
    this.heardAt = this.#clock.now();
    this.wantedShell = answer.headers.get("X-Kiosk-Shell") ?? "";
  }
}

/** The document of a good answer. Throws on anything else: a portal's page, half a file, another house. */
async function readSnapshot(answer, chapter) {
  if (answer.status !== 200) throw new Error(`the server answers ${answer.status}`);
  const type = answer.headers.get("Content-Type") ?? "";
  if (!type.startsWith("application/json")) throw new Error(`the answer is ${type}`);
  const found = await answer.json();
  if (found?.schema !== SCHEMA || found.chapter?.slug !== chapter) throw new Error("not our document");
  if (!Array.isArray(found.days) || !found.days.every(isDay) || !found.words) throw new Error("not whole");
  return found;
}

function isDay(day) {
  return typeof day?.date === "string" && Array.isArray(day.events) && Array.isArray(day.notices);
}

/** Milliseconds to the next question; spread out, so that many screens do not ask at once. */
function waitAfter(failures) {
  const longest = Math.min(EVERY * 2 ** Math.max(0, failures - 1), LONGEST_WAIT);
  return longest - Math.random() * JITTER;
}
