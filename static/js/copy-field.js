// A field with an address to copy. Where copying cannot be done at all its button is not shown (qr.css).
class CopyField extends HTMLElement {
  constructor() {
    super();
    this.addEventListener("click", (event) => event.target.closest("button") && this.#copy());
  }

  async #copy() {
    const field = this.querySelector("input");
    try {
      await navigator.clipboard.writeText(field.value);
      this.#tell(this.dataset.done);
    } catch {
      // It may be forbidden all the same: then one copies by hand what is marked.
      field.focus();
      field.select();
      this.#tell(this.dataset.refused);
    }
  }

  #tell(words) {
    this.dispatchEvent(new CustomEvent("khcal:told", { bubbles: true, detail: words }));
  }
}

if (navigator.clipboard) customElements.define("copy-field", CopyField);
