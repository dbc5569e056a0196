// One tap on a row that cannot be answered in place is sent as without JavaScript: the answer says what to do.
function sendPlainly(event) {
  const { sourceElement } = event.detail.ctx;
  if (sourceElement?.matches?.(".staff-row__places")) {
    event.preventDefault();
    sourceElement.submit();
  }
}

document.addEventListener("htmx:after:request", (event) => {
  if (event.detail.ctx.response.status >= 400) {
    sendPlainly(event);
  }
});

document.addEventListener("htmx:error", (event) => {
  if (event.detail.ctx) {
    sendPlainly(event);
  }
});
