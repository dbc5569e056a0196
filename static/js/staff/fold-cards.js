// On a phone the first group of the day matters more than the card of its week: one line says what is in it.
if (matchMedia("(max-width: 29.99rem)").matches) {
  for (const card of document.querySelectorAll(".staff-card")) {
    card.open = false;
  }
}
