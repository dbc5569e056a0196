// The message of what was just done can be put away; the focus goes to the row that it was about.
document.addEventListener("click", (event) => {
  const close = event.target.closest(".staff-done__close");
  if (!close) {
    return;
  }
  event.preventDefault();
  close.closest(".staff-done").remove();
  const row = document.querySelector(".staff-row:target :is(a, button)");
  (row ?? document.getElementById("innehall")).focus();
});
