/* Which release of the client this is, and how a screen gets from one to the next with nobody there. */

const WORKER = "/skarm/worker.js";
// As the policy of the page demands it: this is the one script that a string may lead to.
const createScriptURL = (text) => (text === WORKER ? text : "");
const policy = globalThis.trustedTypes?.createPolicy("default", { createScriptURL });
const WORKER_URL = policy?.createScriptURL(WORKER) ?? WORKER;
const LONGEST_DELAY = 60_000;
const LEAST_AGE_TO_RELOAD = 5 * 60_000;

export class Shell {
  #own;
  #keeper = navigator.serviceWorker;
  #registration = null;
  #refused = [];
  #isLeaving = false;
  #isUsed;

  /** `own` is the version that this page belongs to; `isUsed` says whether somebody is at the screen. */
  constructor(own, isUsed) {
    this.#own = own;
    this.#isUsed = isUsed;
    this.#keeper?.addEventListener("controllerchange", () => this.tellShown());
    this.#keeper?.addEventListener("message", ({ data }) => this.#hear(data));
  }

  /** Have the client kept on the device, and anew what was thrown away since; to be asked again and again. */
  async keep() {
    if (!this.#keeper) return;
    try {
      this.#registration = await this.#keeper.register(WORKER_URL, { scope: "/skarm/", updateViaCache: "none" });
      await this.#keeper.ready;
      this.tellShown();
    } catch (fault) {
      console.info("The client is not kept on this device:", fault.message);
    }
  }

  /** Say that this release shows what it should; until then the former one may be taken back. */
  tellShown() {
    this.#keeper?.controller?.postMessage({ shown: this.#own });
  }

  /** The server wants `version` on its screens. */
  async want(version) {
    if (!version || version === this.#own || this.#refused.includes(version)) return;
    if (this.#registration) await this.#registration.update().catch(() => null);
    else await this.#reloadWithoutKeeper(version);
  }

  #hear({ current, confirmed, bad }) {
    this.#refused = bad ?? [];
    if (!current) return;
    if (current !== this.#own) this.#leave();
    else if (!confirmed) this.tellShown();
    else document.documentElement.dataset.kept = "yes";
  }

  /** Reload once nobody uses the screen, or after a minute at most. */
  #leave(since = performance.now()) {
    if (this.#isLeaving) return;
    if (this.#isUsed() && performance.now() - since < LONGEST_DELAY) {
      setTimeout(() => this.#leave(since), 1000);
      return;
    }
    this.#isLeaving = true;
    location.reload();
  }

  /** Where nothing can be kept: take the new client only while the server is sure to answer with it. */
  async #reloadWithoutKeeper(version) {
    if (performance.now() < LEAST_AGE_TO_RELOAD) return;
    const answer = await fetch(location.pathname, { cache: "no-store", redirect: "error" }).catch(() => null);
    if (answer?.ok && (await answer.text()).includes(version)) this.#leave();
  }
}
