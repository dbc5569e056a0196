/* Starts the screen and keeps it going: one tick a second, one question to the server every half minute. */

import { keepStorage, maySleep, stayAwake } from "./awake.js";
import { Clock, localTime } from "./clock.js";
import { Pulse } from "./puls.js";
import { Wall } from "./render.js";
import { remember, remembered } from "./remembered.js";
import { screenAt } from "./screen.js";
import { applySettings } from "./settings.js";
import { Shell } from "./shell.js";
import { Programme } from "./snapshot.js";
import { Visit } from "./visit.js";

const MINUTE = 60_000;
const SHIFT_EVERY = 5 * MINUTE;
const HEAL_EVERY = 10 * MINUTE;
const SHIFTS = 8;

const chapter = decodeURIComponent(location.pathname.split("/")[2]);
const ownShell = new URL(import.meta.url).pathname.split("/").at(-2);
const isThisMachine = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);

const clock = new Clock({ trustsServer: location.protocol === "https:" || isThisMachine });
const wall = new Wall();
const visit = new Visit({ wall, onChange: update });
const shell = new Shell(ownShell, () => visit.isHere);
const programme = new Programme({ chapter, clock, onChange: update, onAnswer });
const pulse = new Pulse({ chapter, key: location.hash.slice(1), onChange: update, onMoved: moveTo });
let shownMinute = 0;
let renderedAt = null;
let healedAt = 0;
let persisted = null;
// The address that this screen was last seen to remember.
let kept = "";

/** Look at the clock: the minute is the finest thing that a screen shows. */
function tick() {
  const now = clock.now();
  if (clock.takeJump()) programme.ask();
  if (Math.floor(now / MINUTE) !== shownMinute) update();
  visit.tick();
  if (!visit.isHere) wall.turn();
}

function update() {
  const now = clock.now();
  shownMinute = Math.floor(now / MINUTE);
  const rests = applySettings(pulse.settings, now, visit.isHere);
  if (rests) maySleep();
  else stayAwake();
  const screen = screenAt(programme.snapshot, programme.heardAt, now);
  wall.show(visit.over(screen, programme.snapshot, pulse.settings), pulse.settings.greeting);
  wall.progress(now);
  // A player sees by its title, new each minute, that a page is alive, whatever it knows.
  document.title = `${programme.snapshot?.chapter.name ?? "Kraftens hus"} · ${localTime(now).time}`;
  // A few pixels to and fro, so that nothing burns in.
  document.documentElement.dataset.shift = Math.floor(now / SHIFT_EVERY) % SHIFTS;
  if (wall.isWhole()) renderedAt = now;
}

/** The server was asked, whatever came of it. */
function onAnswer() {
  shell.want(programme.wantedShell);
  if (performance.now() - healedAt > HEAL_EVERY) heal();
  if (programme.snapshot) rememberPlace();
  pulse.send({
    revision: programme.snapshot?.rev ?? null,
    shell: ownShell,
    day: wall.shownDay() || null,
    rendered_at: renderedAt,
    persisted,
  });
}

/** A browser may throw away what a page has kept: keep it anew before it is needed. */
function heal() {
  healedAt = performance.now();
  kept = "";
  shell.keep();
  programme.keepIfLost();
}

/** What was only typed wrongly is not remembered: the house has answered before. */
async function rememberPlace() {
  const place = location.pathname + location.hash;
  if (place === kept) return;
  kept = place;
  if (place !== (await remembered())) await remember(place);
}

/** Staff have moved the screen to another house. */
function moveTo(slug, key) {
  location.replace(`/skarm/${encodeURIComponent(slug)}#${key}`);
}

function wake() {
  update();
  programme.ask();
}

async function start() {
  document.documentElement.dataset.shell = ownShell;
  await Promise.all([programme.restore(), pulse.restore()]);
  setInterval(tick, 1000);
  addEventListener("resize", () => wall.refit());
  addEventListener("online", wake);
  addEventListener("pageshow", wake);
  document.addEventListener("resume", wake);
  document.addEventListener("visibilitychange", () => document.hidden || wake());
  document.fonts.addEventListener("loadingdone", () => wall.refit());
  wake();
  // A release that shows nothing is not told of, and the former one comes back.
  if (!wall.isWhole()) throw new Error("nothing is shown");
  shell.keep();
  persisted = await keepStorage();
}

start();
