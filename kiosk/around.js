/* What stands around the rows: the house, its clock and day, the way home; that it is closed; what comes next. */

import { itemElement } from "./elements.js";
import { qrCode } from "./qr.js";
import { fill } from "./screen.js";

const $ = (id) => document.getElementById(id);

/** What stands around the programme: house, clock, day, the way to take it home, its age. */
export function showFrame({ time, date, day, week, chapter, words, subscribe, freshness }, greeting) {
  put("clock", time);
  $("date").dataset.date = date;
  put("weekday", day.weekday);
  put("date", day.label.slice(day.weekday.length + 1));
  put("week", [week, day.name].filter(Boolean).join(" · "));
  $("age").parentElement.dataset.level = freshness.level;
  put("age", freshness.level === "old" ? "" : freshness.text);
  if (!chapter) return;
  put("chapter", chapter.name);
  document.title = `${chapter.name} · ${time}`;
  put("greeting", greeting || chapter.greeting || words.greeting);
  put("demo", words.demo);
  put("hours", chapter.hours ? fill(words.open_hours, { hours: chapter.hours }) : "");
  put("phone", chapter.phone ? fill(words.call, { phone: chapter.phone }) : "");
  $("take").hidden = !subscribe?.path;
  drawCode("code", subscribe);
  put("take-words", words.take_home);
  put("address", subscribe?.short.replace("/", "\u200b/"));
}

/** What one date has to tell besides its row, and the way to take it along. */
export function showOne({ one, words }) {
  $("one").hidden = !one;
  if (!one) return;
  put("one-text", one.text);
  $("one-text").lang = one.lang;
  put("one-need", one.need);
  const code = one.address && qrCode(one.address);
  $("one-take").hidden = !one.address;
  put("one-more", words.read_more);
  put("one-address", one.address.split("://").at(-1).replaceAll("/", "\u200b/"));
  drawCode("one-code", code);
}

function drawCode(id, code) {
  $(id).toggleAttribute("hidden", !code);
  if (!code) return;
  // Set again, even to the same, it would be laid out and drawn again.
  if ($(id).firstElementChild.getAttribute("d") === code.path) return;
  $(id).setAttribute("viewBox", `0 0 ${code.size} ${code.size}`);
  $(id).firstElementChild.setAttribute("d", code.path ?? "");
}

/** That the house is closed, above what takes place all the same or what was called off. */
export function showClosed(sentence, reason, words) {
  const [told, why] = $("closed").children;
  told.textContent = sentence;
  why.textContent = sentence === words.closed_except ? "" : reason;
}

/** How many of the next day's; side by side there is no room for two of very large words. */
export function mostComing(size) {
  if (document.documentElement.dataset.distance > 4) return isUpright() ? 2 : 1;
  return size === "hero" ? 4 : 2;
}

/** How the page hangs, which need not be how its window does. */
function isUpright() {
  return document.body.clientHeight > document.body.clientWidth;
}

export function showComing({ coming, words }, most) {
  $("coming").hidden = !coming || !most;
  if ($("coming").hidden) return;
  // Where items stand under each other, the last one takes no more room than "och 1 till".
  const isStacked = most > 2 || isUpright();
  const count = coming.events.length === most + 1 && isStacked ? most + 1 : most;
  const shown = coming.events.slice(0, count);
  const more = coming.events.length - shown.length;
  $("coming").firstElementChild.textContent = coming.heading;
  const items = shown.map((event) => itemElement(event.time || words.all_day, event));
  if (more) items.push(itemElement("", { title: fill(words.more, { number: more }), lang: "sv" }));
  $("coming").lastElementChild.replaceChildren(...items);
}

export function put(id, text) {
  const element = $(id);
  if (element.textContent !== (text ?? "")) element.textContent = text ?? "";
  if (element.classList.contains("strip")) element.hidden = !text;
}
