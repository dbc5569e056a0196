// The line fills the form while one writes in it. Whatever somebody does in a field meanwhile is newer than the
// answer on its way: that one is given up, and the line is sent again with what the field says now.
let onItsWay = 0;
let moreWasOpen = false;

const isFill = (event) => event.detail.ctx.sourceElement?.id === "fill";

function fillAgain() {
  const button = document.getElementById("fill");
  button.dispatchEvent(new CustomEvent("htmx:abort"));
  button.dispatchEvent(new CustomEvent("khcal:fill"));
}

// A title of the datalist, chosen or typed: the rest becomes as last time.
function isEarlier(field) {
  return [...(field.list?.options ?? [])].some((option) => option.value === field.value);
}

// One line, however long: Enter fills the form at once.
document.addEventListener("keydown", (event) => {
  if (event.target.id === "line" && event.key === "Enter" && !event.isComposing) {
    event.preventDefault();
    document.getElementById("fill").click();
  }
});

document.addEventListener("htmx:before:request", (event) => {
  onItsWay += isFill(event) ? 1 : 0;
});

document.addEventListener("htmx:finally:request", (event) => {
  onItsWay -= isFill(event) ? 1 : 0;
});

document.addEventListener("htmx:before:swap", (event) => {
  const { response, hx } = event.detail.ctx;
  if (isFill(event) && response.status >= 400 && !hx.retarget) {
    event.preventDefault(); // an error that does not say where it belongs would take the fields away
  }
  moreWasOpen = document.querySelector("#event-fields .staff-more")?.open ?? false;
});

document.addEventListener("htmx:after:swap", (event) => {
  const more = document.querySelector("#event-fields .staff-more");
  if (isFill(event) && more && moreWasOpen) {
    more.open = true;
  }
});

document.addEventListener("input", (event) => {
  if (onItsWay > 0 && event.target.closest?.("#event-fields")) {
    fillAgain();
  }
});

document.addEventListener("change", (event) => {
  if (event.target.id === "title" && isEarlier(event.target)) {
    fillAgain();
  }
});
