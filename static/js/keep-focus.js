// Back brings the page again, and with it the place on it: the element that was left from.
const leftFrom = new Map();

document.addEventListener("htmx:before:request", (event) => {
  if (!event.detail.ctx.request.headers["HX-History-Restore-Request"]) {
    leftFrom.set(window.location.href, document.activeElement?.id);
  }
});

document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail.ctx.target === document.body) {
    document.getElementById(leftFrom.get(window.location.href))?.focus();
  }
});
