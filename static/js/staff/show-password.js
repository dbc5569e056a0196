// A password field with a button that shows what was typed. Without this it is a password field.
class ShowPassword extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("input");
    if (!field || this.querySelector("button")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "staff-action";
    button.textContent = this.dataset.label;
    button.setAttribute("aria-controls", field.id);
    button.addEventListener("click", () => this.#turn(button, field));
    button.setAttribute("aria-pressed", "false");
    this.append(button);
    // What is shown must not end up among the words that the browser offers next time.
    field.form.addEventListener("submit", () => { field.type = "password"; });
  }

  #turn(button, field) {
    const shown = field.type === "password";
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  }
}

customElements.define("show-password", ShowPassword);
