// Hands the page's address on: to the device's own way of sharing where there is one, else as a copy.
// It stays hidden where neither can be done.
class ShareLink extends HTMLElement {
  connectedCallback() {
    if (!navigator.share && !navigator.clipboard) return;
    this.hidden = false;
    this.querySelector("button").addEventListener("click", () => this.#share());
  }

  async #share() {
    const { address: url, title } = this.dataset;
    try {
      if (navigator.share) return await navigator.share({ title, url });
    } catch (fault) {
      // Whoever thinks better of it has nothing to be told.
      if (fault.name === "AbortError") return;
    }
    await this.#copy(url);
  }

  async #copy(url) {
    let told = this.dataset.done;
    try {
      await navigator.clipboard.writeText(url);
    } catch {
      // Where neither is allowed the link itself is shown, to be marked.
      told = url;
    }
    this.querySelector("button span").textContent = told;
    document.getElementById("announcement").textContent = told;
  }
}

customElements.define("share-link", ShareLink);
