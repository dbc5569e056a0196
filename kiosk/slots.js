/* What is kept on disk: two slots, written turn by turn and checked when read, so that a power cut in
   the middle of one leaves the other. Where the browser keeps nothing (plain http) all of it is silent. */

const CACHE = "khcal-wall-data";

export class Slots {
  #addresses;
  #serial = 0;

  /** `name` tells whose they are, as `program/goteborg`. */
  constructor(name) {
    this.#addresses = [`/skarm/-/${name}/a`, `/skarm/-/${name}/b`];
  }

  /** The newest record that is whole, or null. */
  async read() {
    const cache = await openCache();
    const records = await Promise.all(this.#addresses.map((address) => readSlot(cache, address)));
    const whole = records.filter(Boolean).sort((one, other) => other.serial - one.serial);
    this.#serial = whole[0]?.serial ?? 0;
    return whole[0]?.content ?? null;
  }

  /** Keep `content` beside the newest record. Throws when the disk refuses it. */
  async write(content) {
    const serial = this.#serial + 1;
    const cache = await openCache();
    if (!cache) return;
    const text = JSON.stringify({ serial, content });
    const headers = { "X-Sum": await sumOf(text) };
    await cache.put(this.#addresses[serial % 2], new Response(text, { headers }));
    this.#serial = serial;
  }
}

async function openCache() {
  return globalThis.caches?.open(CACHE).catch(() => null);
}

async function readSlot(cache, address) {
  try {
    const kept = await cache.match(address);
    const text = await kept.text();
    return kept.headers.get("X-Sum") === (await sumOf(text)) ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

async function sumOf(text) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
