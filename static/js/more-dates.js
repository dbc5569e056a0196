// "Visa fler" puts days where the button was; the focus goes on to the first of them. How often it was
// pressed is noted in this entry of the history alone, so that Back brings the same days again.
let lastDay = null;
let toBring = history.state?.moreDates ?? 0;

document.addEventListener("htmx:before:swap", (event) => {
  const isMore = event.detail.ctx.target?.id === "more-dates";
  lastDay = isMore ? [...document.querySelectorAll(".day")].at(-1) : null;
});

document.addEventListener("htmx:after:swap", () => {
  if (!lastDay) {
    return;
  }
  if (toBring > 0) {
    toBring -= 1;
    setTimeout(bringOrReturn);
  } else {
    history.replaceState({ ...history.state, moreDates: (history.state?.moreDates ?? 0) + 1 }, "");
    lastDay.nextElementSibling?.querySelector("a")?.focus();
  }
  lastDay = null;
});

document.addEventListener("click", (event) => {
  const row = event.target.closest(".day a[href]");
  if (row && history.state?.moreDates) {
    history.replaceState({ ...history.state, leftBy: row.getAttribute("href") }, "");
  }
});

function bringOrReturn() {
  const more = document.querySelector("#more-dates a");
  if (toBring > 0 && more) {
    more.click();
    return;
  }
  const row = document.querySelector(`.day a[href="${CSS.escape(history.state?.leftBy ?? "")}"]`);
  row?.focus();
  row?.scrollIntoView({ block: "center" });
}

if (toBring > 0) {
  // After htmx, which looks at the page in a timer of its own.
  addEventListener("load", () => setTimeout(bringOrReturn));
}
