// What went wrong is the first thing to read: a page with faults, with two texts, or not saved yet, begins there.
const told = document.querySelector(".error-summary, .staff-conflict, .staff-look-first");
if (told) {
  told.focus();
}
