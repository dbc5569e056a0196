// Opens the way that fits the device the page is read on, and puts it first. Without this all ways stand folded.
class DeviceGuide extends HTMLElement {
  connectedCallback() {
    this.addEventListener("toggle", (event) => this.#remember(event.target), true);
    if (this.querySelector("details[open]")) return;
    const fitting = this.querySelector(`[data-device="${this.#device()}"]`);
    if (!fitting) return;
    this.prepend(fitting);
    fitting.open = true;
  }

  // What is asked for next, such as neutral words, leaves the same way open.
  #remember(way) {
    const field = document.querySelector("input[type=hidden][name=enhet]");
    if (field && way.open) field.value = way.dataset.device;
  }

  #device() {
    const told = navigator.userAgent;
    if (/iPhone|iPad|iPod/.test(told)) return "iphone";
    if (/Android/.test(told)) return "android";
    if (/Windows/.test(told)) return "windows";
    // An iPad says that it is a Mac; no Mac has a screen to touch.
    if (/Macintosh/.test(told)) return navigator.maxTouchPoints > 1 ? "iphone" : "mac";
    return "";
  }
}

customElements.define("device-guide", DeviceGuide);
