/* The day and the hour, before and without everything else: a screen on which nothing more starts still says
   what day it is, and beneath it that the programme is not known. A script of its own, and nobody's module. */

(function showToday() {
  const date = document.getElementById("date");
  if (!date || date.dataset.date !== undefined) return; // The client has taken over.
  const now = new Date();
  const part = (options) =>
    new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Stockholm", ...options }).format(now);
  document.getElementById("weekday").textContent = part({ weekday: "long" });
  date.textContent = part({ day: "numeric", month: "long" });
  document.getElementById("clock").textContent = part({ hour: "2-digit", minute: "2-digit" }).replace(":", ".");
  setTimeout(showToday, 1000);
})();
