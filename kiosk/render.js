/* Puts what the screen shows on the wall: text by textContent, and only what has changed. */

import { dotElement, itemElement, rowElement } from "./elements.js";
import { MOST_ROWS, Pager, pagesOf } from "./pages.js";
import { fill, takesPlace } from "./screen.js";

// From the largest that fits; the last is the least that can be read from where people stand.
const SIZES = ["hero", "roomy", "cosy", "dense"];
const MOST_COMING = { hero: 4, roomy: 2, cosy: 2, dense: 2 };

const $ = (id) => document.getElementById(id);

export class Wall {
  #shown = null;
  #keys = new Map();
  #pager = new Pager();
  #pages = [[]];

  /** Show a screen as `screenAt` describes it; an empty `greeting` means the house's own. */
  show(screen, greeting = "") {
    this.#shown = screen;
    showFrame(screen, greeting);
    $("clock-wrong").hidden = !screen.isClockWrong;
    $("unknown").hidden = screen.known;
    $("today").hidden = !screen.known;
    if (!screen.known) return;
    const { rows, coming, notices, closed, empty, freshness } = screen;
    const stripsChanged = this.#differs("strips", [notices.length, closed, rows.map(takesPlace), freshness]);
    if (stripsChanged) this.#showStrips();
    const rowsChanged = this.#differs("rows", [rows, coming, empty]);
    if (rowsChanged) $("rows").replaceChildren(...rows.map((row) => rowElement(row, screen.words)));
    if (rowsChanged || stripsChanged) this.#fit();
  }

  /** Go to the next page when it is time. */
  turn() {
    const shown = this.#shown;
    if (!shown?.known) return;
    if (this.#pager.turn(Math.max(this.#pages.length, shown.notices.length))) this.#showPage();
  }

  /** How far what goes on has come; `now` in epoch milliseconds. */
  progress(now) {
    this.#shown?.rows?.forEach((row, index) => {
      const bar = $("rows").children[index]?.querySelector("progress");
      if (bar && row.state === "now") bar.value = (now - row.start_ms) / (row.end_ms - row.start_ms);
    });
  }

  /** The day that stands on the wall, as `2026-11-24`; nothing while none is certain. */
  shownDay() {
    return $("date").dataset.date ?? "";
  }

  /** Whether what is to be seen is seen. Looks at the page itself, not at what was meant. */
  isWhole() {
    if (!this.#shown) return false;
    const { known, day, time, rows } = this.#shown;
    const isSeen = (id) => $(id).offsetHeight > 0 && $(id).innerText.trim() !== "";
    if ($("weekday").innerText !== day.weekday || $("clock").innerText !== time) return false;
    if (!known) return isSeen("unknown");
    return isSeen(rows.length ? "rows" : "today") && !isSeen("unknown");
  }

  /** Lay out again, as when the screen was turned. */
  refit() {
    if (this.#shown?.known) this.#fit();
  }

  #differs(part, content) {
    const key = JSON.stringify(content);
    if (this.#keys.get(part) === key) return false;
    this.#keys.set(part, key);
    return true;
  }

  #showStrips() {
    const { closed, rows, empty, words, freshness, notices } = this.#shown;
    const isOld = freshness.level === "old";
    put("old", isOld ? freshness.text : "");
    const onTop = closed && rows.length > 0;
    $("closed").hidden = !onTop;
    const reason = closed && (closed.text || closed.title);
    if (onTop) showClosed(rows.some(takesPlace) ? words.closed_except : `${words.closed_today}.`, reason, words);
    const news = closed && !onTop ? { title: words.closed_today, text: reason } : empty;
    $("nothing").hidden = !news;
    $("nothing").firstElementChild.textContent = news?.title ?? "";
    $("nothing").lastElementChild.textContent = news?.text ?? "";
    $("notice").hidden = notices.length === 0;
    this.#showNotice();
  }

  /** The largest size in which all rows fit; when none does, pages in the smallest. */
  #fit() {
    const list = $("rows");
    const rows = [...list.children];
    rows.forEach((row) => (row.hidden = false));
    for (const size of SIZES) {
      $("main").dataset.size = size;
      showComing(this.#shown, MOST_COMING[size]);
      $("pages").hidden = true;
      if (fitsWhole(list) && !rows.some(isCut)) break;
    }
    this.#pages = this.#pagesOf(list, rows);
    this.#pager.keep(Math.max(this.#pages.length, this.#shown.notices.length));
    this.#showPage();
  }

  #pagesOf(list, rows) {
    const all = [...rows.keys()];
    if (fitsWhole(list)) return [all];
    $("pages").hidden = false;
    const heights = rows.map((row) => row.offsetHeight);
    const gap = Number.parseFloat(getComputedStyle(list).rowGap) || 0;
    return pagesOf(heights, this.#shown.pinned, $("space").clientHeight, gap);
  }

  #showPage() {
    const count = this.#pages.length;
    const page = this.#pager.page % count;
    const rows = [...$("rows").children];
    const changes = rows.some((row, index) => row.hidden === this.#pages[page].includes(index));
    rows.forEach((row, index) => (row.hidden = !this.#pages[page].includes(index)));
    if (changes) fade($("rows"));
    $("page").textContent = fill(this.#shown.words.page, { page: page + 1, pages: count });
    $("dots").replaceChildren(...this.#pages.map((_, index) => dotElement(index === page)));
    this.#showNotice();
  }

  #showNotice() {
    const { notices } = this.#shown;
    const notice = notices[this.#pager.page % notices.length] ?? "";
    if ($("notice").lastElementChild.textContent !== notice) $("notice").lastElementChild.textContent = notice;
  }
}

/** That the house is closed, above what takes place all the same or what was called off. */
function showClosed(sentence, reason, words) {
  const [told, why] = $("closed").children;
  told.textContent = sentence;
  why.textContent = sentence === words.closed_except ? "" : reason;
}

/** What stands around the programme: house, clock, day, the way to take it home, its age. */
function showFrame({ time, date, day, week, chapter, words, subscribe, freshness }, greeting) {
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
  put("phone", chapter.phone ? fill(words.call, { phone: chapter.phone }) : "");
  $("take").hidden = !subscribe?.path;
  put("take-words", words.take_home);
  put("address", subscribe?.short.replace("/", "\u200b/"));
  $("code").setAttribute("viewBox", `0 0 ${subscribe?.size} ${subscribe?.size}`);
  $("code").firstElementChild.setAttribute("d", subscribe?.path ?? "");
}

function showComing({ coming, words }, most) {
  $("coming").hidden = !coming;
  if (!coming) return;
  // Where items stand under each other, the last one takes no more room than "och 1 till".
  const isStacked = most > 2 || matchMedia("(orientation: portrait)").matches;
  const count = coming.events.length === most + 1 && isStacked ? most + 1 : most;
  const shown = coming.events.slice(0, count);
  const more = coming.events.length - shown.length;
  $("coming").firstElementChild.textContent = coming.heading;
  const items = shown.map((event) => itemElement(event.time || words.all_day, event));
  if (more) items.push(itemElement("", { title: fill(words.more, { number: more }), lang: "sv" }));
  $("coming").lastElementChild.replaceChildren(...items);
}

function fitsWhole(list) {
  return list.children.length <= MOST_ROWS && list.offsetHeight <= $("space").clientHeight;
}

/** Whether something of a row's words is out of sight: a long word to the side, a third line below. */
function isCut(row) {
  const parts = [...row.querySelectorAll(".row__title, .row__more")];
  return parts.some((part) => part.scrollWidth > part.clientWidth || part.scrollHeight > 1.25 * part.clientHeight);
}

function put(id, text) {
  const element = $(id);
  if (element.textContent !== (text ?? "")) element.textContent = text ?? "";
  if (element.classList.contains("strip")) element.hidden = !text;
}

function fade(element) {
  element.classList.remove("fades");
  void element.offsetWidth;
  element.classList.add("fades");
}
