// Says in the page's only live region what has changed: what a swap brought, and what came of a press.
const UNTIL_SILENCE_IS_HEARD = 100;

function say(words) {
  const heard = document.getElementById("announcement");
  // The same words are said again when one presses again.
  heard.textContent = "";
  setTimeout(() => (heard.textContent = words), UNTIL_SILENCE_IS_HEARD);
}

document.addEventListener("htmx:after:swap", (event) => {
  const { id } = event.detail.ctx.target;
  const news = id && document.getElementById(id)?.dataset.announce;
  if (news) say(news);
});

// An element with a place for it tells those who see, too.
document.addEventListener("khcal:told", (event) => {
  event.target.querySelector(".told").textContent = event.detail;
  say(event.detail);
});
