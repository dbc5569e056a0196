// Says once, in the page's only live region, what a swap has changed.
document.addEventListener("htmx:after:swap", (event) => {
  const target = event.detail.ctx.target;
  const shown = target?.id && document.getElementById(target.id);
  if (shown?.dataset.announce) {
    document.getElementById("announcement").textContent = shown.dataset.announce;
  }
});
