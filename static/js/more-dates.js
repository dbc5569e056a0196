// "Visa fler" puts days where the button was; the focus goes on to the first of them.
let lastDay = null;

document.addEventListener("htmx:before:swap", (event) => {
  const isMore = event.detail.ctx.target?.id === "more-dates";
  lastDay = isMore ? [...document.querySelectorAll(".day")].at(-1) : null;
});

document.addEventListener("htmx:after:swap", () => {
  lastDay?.nextElementSibling?.querySelector("a")?.focus();
  lastDay = null;
});
