/* Keeps the device from going to sleep while the page is seen, where the browser can ask for that. */

let lock = null;

/** Ask again whenever the page is seen again: a device drops the lock each time it is hidden. */
export function stayAwake() {
  if (document.hidden || lock || !navigator.wakeLock) return;
  const asked = navigator.wakeLock.request("screen").catch(() => null);
  lock = asked;
  const forget = () => lock === asked && (lock = null);
  // A lock that is under way is not asked for twice: nobody would give the other one back.
  asked.then((held) => (held ? held.addEventListener("release", forget) : forget()));
}

/** Let the device sleep as it likes, as outside the hours of the screen. */
export async function maySleep() {
  const asked = lock;
  lock = null;
  await (await asked)?.release().catch(() => null);
}

/** Ask the browser not to throw away what is kept. What it answered is true, false or null (it cannot). */
export async function keepStorage() {
  const granted = await navigator.storage?.persist?.().catch(() => null);
  return granted ?? null;
}
