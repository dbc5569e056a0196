/* The service worker of the wall, first part: what it remembers, one small document that changes at once or
   not at all. The server puts RELEASE before this text: a version, the address of the page, and every file
   with its type and SHA-256; then the parts of the worker one after the other. */

const { version: OWN, page: PAGE, files: FILES } = self.RELEASE;
const STATE_CACHE = "khcal-wall-state";
const STATE = "/skarm/-/state";
const FIRST = { current: null, previous: null, confirmed: false, tries: 0, bad: [] };
const MOST_BAD = 20;

async function readState() {
  const kept = await caches.match(STATE, { cacheName: STATE_CACHE }).catch(() => undefined);
  const state = await kept?.json().catch(() => null);
  return { ...FIRST, ...state };
}

/** Replace the state by `change(state)`; two never do it at once, not even an old and a new worker. */
function changeState(change) {
  return navigator.locks.request(STATE_CACHE, async () => {
    const state = await readState();
    const next = change(state);
    if (next === state) return state;
    const cache = await caches.open(STATE_CACHE);
    await cache.put(STATE, new Response(JSON.stringify(next)));
    return next;
  });
}

/** The release that was there before, for good: the current one has failed. */
function withoutCurrent({ current, previous, bad }) {
  return { ...FIRST, current: previous, confirmed: true, bad: [...bad, current].slice(-MOST_BAD) };
}
