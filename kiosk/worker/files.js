/* The service worker of the wall, second part: the files of a release are kept on the device, every one
   checked, before anything is replaced. */

const SHELLS = "khcal-wall-shell-";
const FETCH_PATIENCE = 30_000;

addEventListener("install", (event) => event.waitUntil(install()));

async function install() {
  const { bad } = await readState();
  if (bad.includes(OWN)) throw new Error(`release ${OWN} has failed here before`);
  await keepFiles();
  await self.skipWaiting();
}

async function keepFiles() {
  const isNew = !(await caches.has(SHELLS + OWN));
  const cache = await caches.open(SHELLS + OWN);
  try {
    await Promise.all(FILES.map((file) => keepFile(cache, file)));
  } catch (fault) {
    if (isNew) await caches.delete(SHELLS + OWN);
    throw fault;
  }
}

async function keepFile(cache, file) {
  const kept = await cache.match(file.path);
  if (kept && (await isWhole(await kept.arrayBuffer(), file))) return;
  const answer = await fetch(file.path, {
    cache: "reload",
    credentials: "omit",
    redirect: "error",
    signal: AbortSignal.timeout(FETCH_PATIENCE),
  });
  const type = answer.headers.get("Content-Type") ?? "";
  if (answer.status !== 200 || !type.startsWith(file.type)) throw new Error(`${file.path} is not there`);
  const bytes = await answer.arrayBuffer();
  if (!(await isWhole(bytes, file))) throw new Error(`${file.path} is not whole`);
  await cache.put(file.path, new Response(bytes, { headers: headersToKeep(answer.headers) }));
}

async function isWhole(bytes, file) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("") === file.sha256;
}

/** The bytes are kept unpacked, so what says how they were packed is left out. */
function headersToKeep(headers) {
  const kept = new Headers(headers);
  ["Content-Encoding", "Content-Length", "Transfer-Encoding", "Vary"].forEach((name) => kept.delete(name));
  return kept;
}

addEventListener("activate", (event) => event.waitUntil(activate()));

/** Pages are under a new worker before it has got here, so they are told when it has. */
async function activate() {
  const { current, confirmed, bad } = await changeState((state) => {
    if (state.current === OWN || state.bad.includes(OWN)) return state;
    const previous = state.confirmed ? state.current : state.previous;
    return { ...state, current: OWN, previous, confirmed: false, tries: 0 };
  });
  await self.clients.claim();
  const pages = await self.clients.matchAll({ type: "window" });
  pages.forEach((page) => page.postMessage({ current, confirmed, bad }));
}

function keptPage(version) {
  return version && keptFile(PAGE.replace(OWN, version));
}

/** The file from the release that its address names. */
async function keptFile(path) {
  const cacheName = SHELLS + path.split("/")[3];
  return caches.match(path, { cacheName }).catch(() => undefined);
}

/** Storage can be emptied under a running page: keep the files anew, or there is nothing after a power cut. */
async function repair() {
  const { current, bad } = await readState();
  if (current && (await keptPage(current))) return;
  if (bad.includes(OWN)) return;
  await keepFiles();
  await changeState((state) => ({ ...state, current: OWN, confirmed: false, tries: 0 }));
}

/** Never while another worker is on its way in: its files are all it has. */
async function forgetOldShells() {
  const { installing, waiting } = self.registration;
  if (installing || waiting) return;
  const { current, previous } = await readState();
  const kept = [current, previous, OWN].map((version) => SHELLS + version);
  const names = (await caches.keys()).filter((name) => name.startsWith(SHELLS) && !kept.includes(name));
  await Promise.all(names.map((name) => caches.delete(name)));
}
