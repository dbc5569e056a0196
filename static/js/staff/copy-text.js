// A text to copy with one tap. Without this, or where copying is not allowed, it is text to mark.
class CopyText extends HTMLElement {
  connectedCallback() {
    if (this.querySelector("button")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--quiet staff-copy__button";
    button.textContent = this.dataset.label;
    const what = document.createElement("span");
    what.className = "visually-hidden";
    what.textContent = ` ${this.dataset.what}`;
    button.append(what);
    button.addEventListener("click", () => this.#copy(button));
    this.append(button);
  }

  async #copy(button) {
    const text = this.querySelector(".staff-copy__text");
    try {
      await navigator.clipboard.writeText(text.textContent);
      this.#tell(button, this.dataset.done);
    } catch {
      getSelection().selectAllChildren(text);
      this.#tell(button, this.dataset.marked);
    }
  }

  #tell(button, words) {
    button.firstChild.textContent = words;
    document.getElementById("announcement").textContent = words;
  }
}

customElements.define("copy-text", CopyText);
