// A field with an address to copy. Without this, or where copying is not allowed, it is a field to mark.
class CopyField extends HTMLElement {
  connectedCallback() {
    if (!navigator.clipboard || this.querySelector("button")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--quiet";
    button.textContent = this.dataset.label;
    button.addEventListener("click", () => this.#copy(button));
    this.append(button);
  }

  async #copy(button) {
    const field = this.querySelector("input");
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = this.dataset.done;
      document.getElementById("announcement").textContent = this.dataset.done;
    } catch {
      field.select();
    }
  }
}

customElements.define("copy-field", CopyField);
