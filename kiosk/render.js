/* Puts what the screen shows on the wall: text by textContent, and only what has changed. */

import { mostComing, put, showClosed, showComing, showFrame, showOne } from "./around.js";
import { dotElement, rowElement } from "./elements.js";
import { MOST_ROWS, Pager, pagesOf } from "./pages.js";
import { fill, isCalledOff, takesPlace } from "./screen.js";

// From the largest that fits; the last is the least that can be read from where people stand.
const SIZES = ["hero", "roomy", "cosy", "dense"];

// Letters of a notice that are read in passing.
const A_GLANCE = 140;

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
    const { rows, coming, notices, closed, empty, freshness, heading, one } = screen;
    const old = freshness.level === "old" && freshness.text;
    const stripsChanged = this.#differs("strips", [notices, closed, rows.map(takesPlace), empty, old, heading]);
    if (stripsChanged) this.#showStrips();
    const rowsChanged = this.#differs("rows", [rows, coming, empty, one]);
    if (rowsChanged) showOne(screen);
    if (rowsChanged) $("rows").replaceChildren(...rows.map((row) => rowElement(row, screen.words)));
    const { distance, turned, touch, view } = document.documentElement.dataset;
    const lookChanged = this.#differs("look", [distance, turned, touch, view]);
    if (lookChanged || rowsChanged || stripsChanged) this.#fit();
  }

  /** Go to the next page when it is time. */
  turn() {
    const shown = this.#shown;
    if (!shown?.known) return;
    if (!this.#pager.turn(Math.max(this.#pages.length, shown.notices.length))) return;
    // Another notice may take another room.
    if (shown.notices.length > 1) this.#fit();
    else this.#showPage();
  }

  /** Go to the next page at once. */
  next() {
    this.#pager.skip(this.#pages.length);
    this.#showPage();
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
    const { known, day, time, rows, heading } = this.#shown;
    const isSeen = (id) => $(id).offsetHeight > 0 && $(id).innerText.trim() !== "";
    if ($("weekday").innerText !== day.weekday || $("clock").innerText !== time) return false;
    if (!known) return isSeen("unknown");
    if (isSeen("unknown") || isSeen("heading") !== Boolean(heading)) return false;
    return isSeen(rows.length ? "rows" : "nothing");
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
    const { closed, rows, empty, words, freshness, notices, heading } = this.#shown;
    const isOld = freshness.level === "old";
    put("heading", heading);
    $("heading").hidden = !heading;
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

  /** The largest size in which the rows take no more pages than they must, with nothing cut. */
  #fit() {
    this.#showNotice();
    const rows = [...$("rows").children];
    const { pinned } = this.#shown;
    const most = this.#most();
    const least = rows.length <= most ? 1 : Math.ceil((rows.length - pinned) / (most - pinned));
    rows.forEach((row) => (row.hidden = false));
    for (const [size, withComing] of looks(least === 1)) {
      $("main").dataset.size = size;
      showComing(this.#shown, withComing ? mostComing(size) : 0);
      this.#pages = this.#pagesIn(rows);
      if (this.#pages.length <= least && ![$("today"), $("one")].some(isOver) && !rows.some(isCut)) break;
    }
    this.#pager.keep(Math.max(this.#pages.length, this.#shown.notices.length));
    this.#showPage();
  }

  #pagesIn(rows) {
    $("pages").hidden = true;
    if (rows.length <= this.#most() && $("rows").offsetHeight <= $("space").clientHeight) return [[...rows.keys()]];
    $("pages").hidden = false;
    // It takes its room only with words in it.
    put("page", fill(this.#shown.words.page, { page: 1, pages: 1 }));
    const { rows: told, pinned } = this.#shown;
    const measured = rows.map((row, at) => ({ height: row.offsetHeight, isUrgent: isCalledOff(told[at]) }));
    const gap = Number.parseFloat(getComputedStyle($("rows")).rowGap) || 0;
    return pagesOf(measured, pinned, $("space").clientHeight, gap, this.#most());
  }

  /** A week has seven days. */
  #most() {
    return this.#shown.rows[0]?.days ? MOST_ROWS + 1 : MOST_ROWS;
  }

  #showPage() {
    const count = this.#pages.length;
    const page = this.#pager.page % count;
    const rows = [...$("rows").children];
    const changes = rows.some((row, index) => row.hidden === this.#pages[page].includes(index));
    rows.forEach((row, index) => (row.hidden = !this.#pages[page].includes(index)));
    if (changes) fade($("rows"));
    $("page").textContent = fill(this.#shown.words.page, { page: page + 1, pages: count });
    $("next").hidden = count < 2;
    $("dots").replaceChildren(...this.#pages.map((_, index) => dotElement(index === page)));
    this.#showNotice();
  }

  #showNotice() {
    const { notices } = this.#shown;
    const notice = notices[this.#pager.page % notices.length] ?? "";
    if ($("notice").lastElementChild.textContent !== notice) $("notice").lastElementChild.textContent = notice;
    $("notice").classList.toggle("strip--long", notice.length > A_GLANCE);
  }
}

/** The sizes to try; what comes another day gives way where today's programme takes pages. */
function looks(isShort) {
  const without = SIZES.map((size) => [size, false]);
  return isShort ? [...SIZES.map((size) => [size, true]), ...without] : without;
}

/** Whether a part's own boxes reach below it; letters may stand out of a line by a pixel or two. */
function isOver(part) {
  const floor = part.offsetTop + part.offsetHeight + 1;
  return [...part.children].some((child) => child.offsetTop + child.offsetHeight > floor);
}

/** Whether something of a row's words is out of sight: a long word to the side, a further line below. */
function isCut(row) {
  const parts = [...row.querySelectorAll(".row__title, .row__more")];
  return parts.some((part) => part.scrollWidth > part.clientWidth || hidden(part) > halfLine(part));
}

const hidden = (part) => part.scrollHeight - part.clientHeight;
const halfLine = (part) => Number.parseFloat(getComputedStyle(part).fontSize) / 2;

function fade(element) {
  element.classList.remove("fades");
  void element.offsetWidth;
  element.classList.add("fades");
}
