/* What time it is in Sweden: the device's clock, put right by the server's when it is clearly wrong. */

export const ZONE = "Europe/Stockholm";
const CLEARLY = 2 * 60_000;
const LONGEST_DOUBT = 10_000;

const figures = new Intl.DateTimeFormat("sv-SE", {
  timeZone: ZONE,
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
const words = new Intl.DateTimeFormat("sv-SE", {
  timeZone: ZONE,
  weekday: "long",
  day: "numeric",
  month: "long",
});

/** The Swedish date and time of day of a moment in epoch milliseconds: `2026-11-24` and `13.12`. */
export function localTime(moment) {
  const part = Object.fromEntries(figures.formatToParts(moment).map(({ type, value }) => [type, value]));
  return { date: `${part.year}-${part.month}-${part.day}`, time: `${part.hour}.${part.minute}` };
}

/** `tisdag 24 november`, for days that no snapshot tells of. */
export function dayInWords(moment) {
  const part = Object.fromEntries(words.formatToParts(moment).map(({ type, value }) => [type, value]));
  return { weekday: part.weekday, label: `${part.weekday} ${part.day}\u00a0${part.month}` };
}

export class Clock {
  #trustsServer;
  #offset = 0;
  #lead = lead();
  #jumped = false;
  // A leap forward that nobody has confirmed yet, and when it is believed all the same.
  #doubted = 0;
  #believedAt = 0;

  /** `trustsServer`: whether what the server says may move the clock (https or this very machine). */
  constructor({ trustsServer }) {
    this.#trustsServer = trustsServer;
  }

  /** This moment in epoch milliseconds. */
  now() {
    this.#noticeJump();
    if (this.#doubted && performance.now() >= this.#believedAt) this.#settle(this.#offset + this.#doubted);
    return Date.now() + this.#offset;
  }

  /** Take the server's time; a difference below two minutes is left alone. */
  hear(serverTime) {
    if (!this.#trustsServer || !(serverTime > 0)) return;
    const offset = serverTime - Date.now();
    this.#settle(Math.abs(offset) > CLEARLY ? offset : 0);
    this.#lead = lead();
  }

  /** Whether the device's clock was moved since last asked. */
  takeJump() {
    const jumped = this.#jumped;
    this.#jumped = false;
    return jumped;
  }

  #settle(offset) {
    this.#offset = offset;
    this.#doubted = 0;
  }

  /** Time goes on as it did when the device's clock is moved, until the server has been asked. */
  #noticeJump() {
    const jump = lead() - this.#lead;
    if (Math.abs(jump) <= CLEARLY) return;
    this.#lead += jump;
    this.#jumped = true;
    if (!this.#trustsServer) return;
    // The device got the right time by itself.
    if (this.#offset && Math.abs(this.#offset - jump) <= CLEARLY) return this.#settle(0);
    this.#offset -= jump;
    if (jump < 0) return;
    // Without an answer a leap forward is believed, as after a sleep; time never goes back.
    this.#doubted += jump;
    this.#believedAt = performance.now() + LONGEST_DOUBT;
  }
}

/** How far the clock on the wall is ahead of the one that counts since the page was opened. */
function lead() {
  return Date.now() - performance.now();
}
