/* Which rows stand together: pages of at most six, the pinned ones on each, none too tall. */

export const MOST_ROWS = 6;
const TURN = 15_000;

/**
 * Lists of row numbers, one a page. Of `rows`, each `{ height, isUrgent }`, the first `pinned` stand on every
 * page as far as they leave room, then come the urgent ones; on its page each keeps its place. `space` and
 * `gap` are in the unit of the heights.
 */
export function pagesOf(rows, pinned, space, gap, most = MOST_ROWS) {
  const heights = rows.map((row) => row.height);
  const numbers = [...rows.keys()];
  const always = numbers.splice(0, pinnable(heights, pinned, space, gap));
  const held = always.reduce((sum, row) => sum + heights[row] + gap, 0);
  const pages = [[...always]];
  let used = held;
  const turn = (row) => (row < pinned ? 0 : rows[row].isUrgent ? 1 : 2);
  for (const row of numbers.sort((one, other) => turn(one) - turn(other))) {
    const isFull = pages.at(-1).length >= most || used + heights[row] > space;
    if (isFull && pages.at(-1).length > always.length) {
      pages.push([...always]);
      used = held;
    }
    pages.at(-1).push(row);
    used += heights[row] + gap;
  }
  return pages;
}

/** How many of the pinned rows leave room for the tallest of the others. */
function pinnable(heights, pinned, space, gap) {
  for (let count = pinned; count > 0; count -= 1) {
    const tallest = Math.max(0, ...heights.slice(count));
    const held = heights.slice(0, count).reduce((sum, height) => sum + height + gap, 0);
    if (held + tallest <= space) return count;
  }
  return 0;
}

/** Turns pages; every one stands at least fifteen seconds. */
export class Pager {
  page = 0;
  #since = 0;

  /** There are `count` pages now; the one shown stays if it still exists. */
  keep(count) {
    this.page = this.page < count ? this.page : 0;
    this.#since = performance.now();
  }

  /** The next page at once. */
  skip(count) {
    this.page = (this.page + 1) % count;
    this.#since = performance.now();
  }

  /** Whether it is time for the next page, which is then the current one. */
  turn(count) {
    if (count < 2 || performance.now() - this.#since < TURN) return false;
    this.skip(count);
    return true;
  }
}
