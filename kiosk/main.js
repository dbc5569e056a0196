/* Starts the screen and keeps it going: one tick a second, one question to the server every half minute. */

import { Clock } from "./clock.js";
import { Wall } from "./render.js";
import { screenAt } from "./screen.js";
import { Programme } from "./snapshot.js";

const MINUTE = 60_000;
const SHIFT_EVERY = 5 * MINUTE;
const SHIFTS = 8;
const LEAST_AGE_TO_RELOAD = 5 * MINUTE;

const chapter = decodeURIComponent(location.pathname.split("/")[2]);
const ownShell = new URL(import.meta.url).pathname.split("/").at(-2);
const isThisMachine = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);

const clock = new Clock({ trustsServer: location.protocol === "https:" || isThisMachine });
const wall = new Wall();
const programme = new Programme({
  address: `/skarm/${encodeURIComponent(chapter)}/program.json`,
  chapter,
  clock,
  onChange: () => {
    update();
    reloadIfOutdated();
  },
});
let shownMinute = 0;

/** Look at the clock: the minute is the finest thing that a screen shows. */
function tick() {
  const now = clock.now();
  if (clock.takeJump()) programme.ask();
  if (Math.floor(now / MINUTE) !== shownMinute) update();
  wall.turn();
}

function update() {
  const now = clock.now();
  shownMinute = Math.floor(now / MINUTE);
  wall.show(screenAt(programme.snapshot, programme.heardAt, now));
  wall.progress(now);
  // A few pixels to and fro, so that nothing burns in.
  document.documentElement.dataset.shift = Math.floor(now / SHIFT_EVERY) % SHIFTS;
}

/** Take a new client when the server has one, but only while the server is sure to answer. */
async function reloadIfOutdated() {
  const wanted = programme.wantedShell;
  if (!wanted || wanted === ownShell || performance.now() < LEAST_AGE_TO_RELOAD) return;
  const answer = await fetch(location.pathname, { cache: "no-store", redirect: "error" }).catch(() => null);
  if (answer?.ok && (await answer.text()).includes(wanted)) location.reload();
}

function wake() {
  update();
  programme.ask();
}

setInterval(tick, 1000);
addEventListener("resize", () => wall.refit());
addEventListener("online", wake);
addEventListener("pageshow", wake);
document.addEventListener("visibilitychange", () => document.hidden || wake());
wake();
document.fonts.addEventListener("loadingdone", () => wall.refit());
