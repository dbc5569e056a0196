/* Keeps the device from going to sleep while the page is seen, where the browser can ask for that. */

let lock = null;

/** Ask again whenever the page is seen again: a device drops the lock each time it is hidden. */
export async function stayAwake() {
  if (document.hidden || (lock && !lock.released)) return;
  lock = await navigator.wakeLock?.request("screen").catch(() => null);
}

/** Let the device sleep as it likes, as outside the hours of the screen. */
export async function maySleep() {
  await lock?.release().catch(() => null);
  lock = null;
}

/** Ask the browser not to throw away what is kept. What it answered is true, false or null (it cannot). */
export async function keepStorage() {
  const granted = await navigator.storage?.persist?.().catch(() => null);
  return granted ?? null;
}
