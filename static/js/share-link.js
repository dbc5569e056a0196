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
      if (navigator.share) await navigator.share({ title, url });
      else await this.#copy(url);
    } catch {
      // Whoever thinks better of it has nothing to be told.
    }
  }

  async #copy(url) {
    await navigator.clipboard.writeText(url);
    this.querySelector("button span").textContent = this.dataset.done;
    document.getElementById("announcement").textContent = this.dataset.done;
  }
}

customElements.define("share-link", ShareLink);
