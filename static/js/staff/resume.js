// Back from the log-in to what was typed: the button is for those without JavaScript.
document.querySelector("form[data-resume]")?.requestSubmit();
