// When a part of a page cannot be had, the link or form does what it does without JavaScript.
function goThere(event) {
  const { method, action } = event.detail.ctx.request;
  if (method === "GET") {
    event.preventDefault();
    window.location.assign(action);
  }
}

document.addEventListener("htmx:after:request", (event) => {
  if (event.detail.ctx.response.status >= 400) {
    goThere(event);
  }
});

document.addEventListener("htmx:error", (event) => {
  if (event.detail.ctx) {
    goThere(event);
  }
});
