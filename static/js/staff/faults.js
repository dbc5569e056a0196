// What went wrong is the first thing to read: a page with faults, or with two texts, begins there.
const told = document.querySelector(".error-summary, .staff-conflict");
if (told) {
  told.focus();
}
