/* The service worker of the wall, third part: the page is answered from the device, always, and the former
   release is taken back when a new one does not come to life. It knows nothing of programmes or hours. */

// A page has this long to show something, and may fail to do so this often, as when it takes the browser along.
const PATIENCE = 20_000;
const MOST_TRIES = 3;
// Those who wait for a page to show something.
const impatient = new Set();

addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (origin !== location.origin || event.request.method !== "GET") return;
  if (pathname.startsWith("/skarm/fil/")) event.respondWith(answerFile(event.request));
  else if (event.request.mode !== "navigate") return;
  else if (pathname === "/skarm/") event.respondWith(fetchPage(event.request));
  else if (/^\/skarm\/[^/.]+$/.test(pathname)) event.respondWith(answerPage(event));
});

async function answerFile(request) {
  return (await keptFile(new URL(request.url).pathname)) ?? fetch(request);
}

/** The houses to choose from come from the server; without it, or where a guest network answers in its place,
    a screen is led to where it belongs. */
async function fetchPage(request) {
  const answer = await fetch(request, { signal: AbortSignal.timeout(8_000) }).catch(() => null);
  if (answer?.ok && answer.headers.has("X-Kiosk-Shell")) return answer;
  const kept = await caches.match("/skarm/-/address", { cacheName: "khcal-wall-data" }).catch(() => undefined);
  return kept ? Response.redirect(await kept.text(), 302) : (answer ?? emergency());
}

async function answerPage(event) {
  const state = await beginToShow().catch(readState);
  const page = await keptPage(state.current);
  if (page) {
    guard(event, state);
    return page;
  }
  const former = await keptPage(state.previous);
  return former ?? fetch(event.request).catch(emergency);
}

/** Count how often a release that nobody has seen at work was begun; too often is as good as never. */
function beginToShow() {
  return changeState((state) => {
    if (state.confirmed || !state.previous) return state;
    return state.tries >= MOST_TRIES ? withoutCurrent(state) : { ...state, tries: state.tries + 1 };
  });
}

/** Give a new release its time to show something; when it has not, go back and show the former one. */
function guard(event, { current, previous, confirmed }) {
  if (confirmed || !previous) return;
  event.waitUntil(patience().then(() => giveUp(current)));
}

/** Ends when the time is over, or soon after a page was heard: the next release has to wait for it. */
function patience() {
  return new Promise((resolve) => {
    impatient.add(resolve);
    setTimeout(resolve, PATIENCE);
  });
}

async function giveUp(version) {
  let hasFailed = false;
  await changeState((state) => {
    hasFailed = state.current === version && !state.confirmed;
    return hasFailed ? withoutCurrent(state) : state;
  });
  if (!hasFailed) return;
  const pages = await self.clients.matchAll({ type: "window" });
  await Promise.all(pages.map((page) => page.navigate(page.url).catch(() => null)));
}

/* What pages say: which release they are, once they have shown something. */

addEventListener("message", (event) => {
  if (typeof event.data?.shown === "string") event.waitUntil(hear(event.source, event.data.shown));
});

async function hear(page, shown) {
  impatient.forEach((resolve) => setTimeout(resolve, 1000));
  impatient.clear();
  await repair().catch((fault) => console.info("The client is not kept:", fault.message));
  const { current, confirmed, bad } = await changeState((state) =>
    state.current === shown && !state.confirmed ? { ...state, confirmed: true, tries: 0 } : state,
  );
  page.postMessage({ current, confirmed, bad });
  await forgetOldShells();
}

/* When there is neither a kept page nor a server: the day, and that we do not know. Tried again by itself. */

function emergency() {
  const day = new Intl.DateTimeFormat("sv-SE", {
    timeZone: "Europe/Stockholm",
    weekday: "long",
    day: "numeric",
    month: "long",
  }).format();
  const page = `<!doctype html><html lang="sv"><meta charset="utf-8"><meta http-equiv="refresh" content="20">
    <title>Kraftens hus</title><h1>${day}</h1><p>Vi vet inte dagens program just nu. Fråga i huset.</p>`;
  return new Response(page, { headers: { "Content-Type": "text/html; charset=utf-8" } });
}
