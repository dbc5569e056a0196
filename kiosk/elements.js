/* Makes rows, lines and dots from the templates in the page, with what staff wrote as text only. */

import { isCalledOff } from "./screen.js";

/** A row of the programme, or one that stands for a day; `words` are the screen's own. */
export function rowElement(event, words) {
  if (event.days) return dayElement(event, words);
  const row = copyOf("row");
  row.dataset.id = event.id;
  row.dataset.date = event.date;
  const part = (name) => row.querySelector(`.row__${name}`);
  row.dataset.state = isCalledOff(event) ? event.status : event.state;
  row.dataset.kind = event.kind;
  part("time").firstElementChild.textContent = event.time || event.until || words.all_day;
  part("time").classList.toggle("row__time--words", !event.time && !event.until);
  part("time").lastElementChild.textContent = event.time ? event.until : "";
  part("chip").firstElementChild.setAttribute("href", `#${event.kind}`);
  part("title").textContent = event.title;
  part("title").lang = event.lang;
  part("state").textContent = words[event.state] ?? "";
  part("tag").textContent = event.tag;
  part("where").textContent = withoutTag(event.change_note, event.tag) || event.where;
  part("where").classList.toggle("row__place", !event.change_note);
  row.classList.toggle("row--plain", !part("more").textContent.trim());
  part("progress").hidden = event.state !== "now";
  return row;
}

function dayElement({ date, weekday, label, said, events }, words) {
  const row = copyOf("day");
  row.dataset.date = date;
  const [time, list, count] = row.children;
  time.firstElementChild.textContent = weekday;
  time.lastElementChild.textContent = label;
  if (said) list.append(itemElement("", { title: said, lang: "sv" }));
  list.append(...events.map((event) => itemElement(event.time || event.until, event)));
  count.textContent = events.length > 2 ? words.number.replace("{number}", events.length) : "";
  return row;
}

/** `Inställt. Ledaren är sjuk.` without the word that already stands before it. */
function withoutTag(note, tag) {
  return note.startsWith(tag) ? note.slice(tag.length).replace(/^\.?\s*/, "") : note;
}

/** A line of the next day. */
export function itemElement(time, event) {
  const { title, lang, tag } = event;
  const element = copyOf("item");
  element.firstElementChild.textContent = time;
  element.lastElementChild.textContent = isCalledOff(event) ? `${title} (${tag.toLowerCase()})` : title;
  element.lastElementChild.lang = lang;
  return element;
}

/** One of the dots that say which page this is. */
export function dotElement(isCurrent) {
  const element = document.createElement("i");
  element.className = isCurrent ? "is-current" : "";
  return element;
}

function copyOf(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}
