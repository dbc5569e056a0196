// Hands the page's address on: to the device's own way of sharing where there is one, else as a copy.
// Where neither can be done it is not shown (qr.css).
class ShareLink extends HTMLElement {
  constructor() {
    super();
    this.addEventListener("click", (event) => event.target.closest("button") && this.#share());
  }

  async #share() {
    const { title } = this.dataset;
    const url = this.#field.value;
    try {
      if (navigator.share) return await navigator.share({ title, url });
    } catch (fault) {
      // Whoever thinks better of it has nothing to be told.
      if (fault.name === "AbortError") return;
    }
    await this.#copy(url);
  }

  async #copy(url) {
    try {
      await navigator.clipboard.writeText(url);
      this.#tell(this.dataset.done);
    } catch {
      // Where neither is allowed the address is shown, marked, to be copied by hand.
      this.#field.hidden = false;
      this.#field.focus();
      this.#field.select();
      this.#tell(this.dataset.refused);
    }
  }

  #tell(words) {
    this.dispatchEvent(new CustomEvent("khcal:told", { bubbles: true, detail: words }));
  }

  get #field() {
    return this.querySelector("input");
  }
}

if (navigator.share || navigator.clipboard) customElements.define("share-link", ShareLink);
