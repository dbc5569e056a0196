/* Somebody at the screen: what a touch asks for, the way home when nobody touches it any more, and no way out. */

import { dayAfter, restOf, viewOf } from "./views.js";

const STAYS = 45_000;
// What a browser does by itself when it is touched, pulled or pressed long.
const OWN_WAYS = ["contextmenu", "dragstart", "selectstart", "gesturestart"];
// A keyboard's ways that lead nowhere else.
const KEYS = ["F5", "F11", "F12"];
const root = document.documentElement;

export class Visit {
  #asked = null;
  #touchedAt = -Infinity;
  #isOver = true;
  #hasWoken = false;
  #wall;
  #onChange;

  /** `onChange` shows the screen anew; `wall` turns its pages. */
  constructor({ wall, onChange }) {
    this.#wall = wall;
    this.#onChange = onChange;
    if (matchMedia("(any-pointer: coarse)").matches) root.dataset.touch = "yes";
    for (const kind of ["pointerdown", "pointermove", "keydown"]) {
      addEventListener(kind, (event) => this.#stay(event), { capture: true, passive: true });
    }
    for (const kind of OWN_WAYS) addEventListener(kind, (event) => event.preventDefault(), { capture: true });
    addEventListener("wheel", (event) => event.preventDefault(), { passive: false });
    addEventListener("keydown", (event) => KEYS.includes(event.key) || event.preventDefault());
    addEventListener("click", ({ target }) => this.#hear(target));
    // Back leads to where one is.
    addEventListener("popstate", () => history.pushState("here", ""));
  }

  /** Whether somebody uses the screen: then it neither rests nor turns its pages. */
  get isHere() {
    return performance.now() - this.#touchedAt < STAYS;
  }

  /** Go home when the last touch is long ago. */
  tick() {
    if (this.#isOver || this.isHere) return;
    this.#isOver = true;
    this.#ask(null);
  }

  /** What is to be seen instead of `screen`: what was asked for, or what is left of it while the screen rests. */
  over(screen, snapshot, { opens }) {
    const found = screen.known && this.#asked ? viewOf(screen, this.#asked, snapshot) : null;
    if (!found) this.#asked = null;
    root.dataset.view = this.#asked?.view ?? "today";
    root.dataset.from = this.#asked?.from ? "list" : "today";
    if (found || !screen.known) return found ?? screen;
    return root.dataset.rests === "true" ? restOf(screen, opens) : screen;
  }

  #stay({ type, pointerType }) {
    // A mouse that lies there is nobody.
    if (type === "pointermove" && pointerType !== "touch") return;
    const isNew = !this.isHere;
    // What lies under a finger that wakes a screen was not to be seen.
    if (type === "pointerdown") this.#hasWoken = root.dataset.rests === "true";
    this.#touchedAt = performance.now();
    this.#isOver = false;
    root.dataset.touch = "yes";
    if (type === "pointerdown" && history.state !== "here") history.pushState("here", "");
    if (isNew) this.#onChange();
  }

  #hear(target) {
    if (this.#hasWoken) return;
    const button = target.closest?.("[data-ask]");
    const row = target.closest?.("[data-date]");
    const today = document.getElementById("date").dataset.date;
    if (!button && (!row || !row.matches(".row") || root.dataset.view === "one")) return;
    const asks = {
      home: () => null,
      tomorrow: () => ({ view: "day", date: dayAfter(today, 1) }),
      week: () => ({ view: "week" }),
      back: () => this.#asked?.from ?? null,
      next: () => (this.#wall.next(), this.#asked),
    };
    if (button) return this.#ask(asks[button.dataset.ask]());
    const { date, id } = row.dataset;
    this.#ask({ view: id ? "one" : "day", date, id: Number(id), from: this.#asked });
  }

  #ask(asked) {
    this.#asked = asked;
    this.#onChange();
  }
}
