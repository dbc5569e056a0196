/* What a screen remembers beside its programme: its own address, and, until it is paired, the secret by which
   it is known. Without a Cache API (plain http, private windows) it remembers nothing, and nobody is told. */

const CACHE = "khcal-wall-data";
const ADDRESS = "/skarm/-/address";
const DEVICE = "/skarm/-/device";
const OWN = /^\/skarm\/[^/?#\s]+(#[0-9a-f]*)?$/;
const SECRET = /^[0-9a-f]{32,128}$/;
const SECRET_BYTES = 32;

/** Remember where this screen belongs: `/skarm/sjuharad#key`. Anything else is passed over. */
export async function remember(path) {
  if (OWN.test(path)) await write(ADDRESS, path);
}

/** Where this screen belongs, or nothing. */
export async function remembered() {
  const path = await read(ADDRESS);
  return OWN.test(path) ? path : "";
}

/** Belong nowhere any more. */
export async function forget() {
  await drop(ADDRESS);
}

/** The secret that this device had before it was started again, or nothing. */
export async function keptDevice() {
  const device = await read(DEVICE);
  return SECRET.test(device) ? device : "";
}

/** A new secret, kept until the device is paired: started again meanwhile it is still the same device. */
export async function newDevice() {
  const bytes = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
  const device = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  await write(DEVICE, device);
  return device;
}

/** The device is paired: its secret is of no use any more. */
export async function forgetDevice() {
  await drop(DEVICE);
}

async function read(name) {
  try {
    const found = await (await caches.open(CACHE)).match(name);
    return found ? await found.text() : "";
  } catch {
    return "";
  }
}

async function write(name, text) {
  try {
    await (await caches.open(CACHE)).put(name, new Response(text));
  } catch {
    // Then it is chosen or paired again after the next start.
  }
}

async function drop(name) {
  try {
    await (await caches.open(CACHE)).delete(name);
  } catch {
    // There was nothing.
  }
}
