// Says once, in the page's only live region, what a swap has changed.
document.addEventListener("htmx:after:swap", (event) => {
  const { id } = event.detail.ctx.target;
  const news = id && document.getElementById(id)?.dataset.announce;
  if (news) {
    document.getElementById("announcement").textContent = news;
  }
});
