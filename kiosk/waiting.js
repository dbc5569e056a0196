/* Asks for a code, shows it, and asks every five seconds whether staff have typed it. */

const EVERY = 5_000;
const LONGEST_WAIT = 60_000;
const LONGEST_RETRY_AFTER = 300_000;
const PATIENCE = 8_000;
// A code is replaced while it is still good, so that nobody types one that is over.
const RENEWED_BEFORE = 60_000;
const SLUG = /^[a-z0-9-]+$/;
const KEY = /^[0-9a-f]{32}$/;

/** The server refuses, and says when to come back. */
class Refused extends Error {
  constructor(answer) {
    super(`the server answers ${answer.status}`);
    this.status = answer.status;
    this.wait = 1000 * (Number(answer.headers.get("Retry-After")) || 0);
  }
}

export class Waiting {
  #device;
  #isKnown;
  #onCode;
  #onTrouble;
  #onPaired;
  #renewAt = 0;
  #endsAt = 0;
  #failures = 0;
  #asking = false;
  #timer = 0;

  /** `isKnown` says that the device may have shown a code before, which staff may have typed meanwhile. */
  constructor({ device, isKnown, onCode, onTrouble, onPaired }) {
    this.#device = device;
    this.#isKnown = isKnown;
    this.#onCode = onCode;
    this.#onTrouble = onTrouble;
    this.#onPaired = onPaired;
  }

  /** Ask now, and go on until the screen is paired; while a question is under way this does nothing. */
  async ask() {
    if (this.#asking) return;
    this.#asking = true;
    clearTimeout(this.#timer);
    let wait = EVERY;
    try {
      const paired = await this.#step();
      this.#failures = 0;
      this.#onTrouble("");
      if (paired) return void this.#onPaired(paired);
    } catch (fault) {
      wait = this.#waitAfter(fault);
    } finally {
      this.#asking = false;
    }
    this.#timer = setTimeout(() => this.ask(), wait);
  }

  async #step() {
    const paired = this.#isKnown ? await this.#askForKey() : null;
    if (!paired && performance.now() >= this.#renewAt) await this.#askForCode();
    return paired;
  }

  async #askForCode() {
    const answer = await this.#post("/skarm/par");
    if (answer.status !== 200) throw new Refused(answer);
    const { code, qr, until_ms: until } = await answer.json();
    if (typeof code !== "string" || !Number.isFinite(until)) throw new Error("not our answer");
    const left = until - Number(answer.headers.get("X-Server-Time"));
    this.#endsAt = performance.now() + left;
    this.#renewAt = this.#endsAt - RENEWED_BEFORE;
    this.#isKnown = true;
    this.#onCode(code, qr);
  }

  /** Where to go, or nothing while nobody has typed the code. */
  async #askForKey() {
    const answer = await this.#post("/skarm/par/svar");
    if (answer.status === 204) return null;
    if (answer.status === 410) {
      this.#renewAt = 0;
      return null;
    }
    if (answer.status !== 200) throw new Refused(answer);
    const { chapter, key } = await answer.json();
    if (!SLUG.test(chapter) || !KEY.test(key)) throw new Error("not our answer");
    return `/skarm/${chapter}#${key}`;
  }

  #post(address) {
    return fetch(address, {
      method: "POST",
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ device: this.#device }),
      signal: AbortSignal.timeout(PATIENCE),
    });
  }

  #waitAfter(fault) {
    console.info("No answer about pairing:", fault.message);
    this.#failures += 1;
    if (performance.now() >= this.#endsAt) this.#onCode("", null);
    this.#onTrouble(fault.status === 429 ? "busy" : "away");
    const wait = Math.min(EVERY * 2 ** (this.#failures - 1), LONGEST_WAIT);
    return Math.max(wait, Math.min(fault.wait ?? 0, LONGEST_RETRY_AFTER)) + Math.random() * 1000;
  }
}
