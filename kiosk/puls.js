/* A paired screen tells the house what it shows, and hears how staff want it to look. */

import { Slots } from "./slots.js";

const PATIENCE = 8_000;
const KEY = /^[0-9a-f]{32}$/;

export class Pulse {
  /** What staff have set: `distance`, `turned`, `opens`, `closes`, `greeting`; empty until heard. */
  settings = {};
  #chapter;
  #key;
  #slots;
  #onChange;
  #onMoved;
  #isSending = false;

  /** `key` from the address; without one this screen is not paired, and is silent. */
  constructor({ chapter, key, onChange, onMoved }) {
    this.#chapter = chapter;
    this.#key = KEY.test(key) ? key : "";
    this.#onChange = onChange;
    this.#onMoved = onMoved;
    this.#slots = new Slots(`settings/${encodeURIComponent(chapter)}`);
  }

  /** Begin with the settings of last time. */
  async restore() {
    if (this.#key) this.#take((await this.#slots.read()) ?? {});
  }

  /** Tell what is shown: `{ revision, shell, day, rendered_at, persisted }`. */
  async send(shown) {
    if (!this.#key || this.#isSending) return;
    this.#isSending = true;
    try {
      this.#hear(await this.#post(shown));
    } catch (fault) {
      console.info("Nobody heard what is shown:", fault.message);
    } finally {
      this.#isSending = false;
    }
  }

  async #post(shown) {
    const answer = await fetch(`/skarm/${encodeURIComponent(this.#chapter)}/puls`, {
      method: "POST",
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      headers: { "Content-Type": "application/json", "X-Screen-Key": this.#key },
      body: JSON.stringify(shown),
      signal: AbortSignal.timeout(PATIENCE),
    });
    // A key that opens nothing stays: staff may take back that they let the screen go.
    if (answer.status !== 200) throw new Error(`the server answers ${answer.status}`);
    return answer.json();
  }

  #hear({ chapter, settings }) {
    if (chapter !== this.#chapter) this.#onMoved(chapter, this.#key);
    if (JSON.stringify(settings) === JSON.stringify(this.settings)) return;
    this.#take(settings);
    this.#slots.write(settings).catch((fault) => console.info("Settings are not kept:", fault.message));
  }

  #take(settings) {
    this.settings = settings;
    this.#onChange(settings);
  }
}
