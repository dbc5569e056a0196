// A choice in a list of filters is asked for at once; the button is for those without JavaScript.
document.addEventListener("change", (event) => {
  if (event.target.matches("form[data-tidy] select")) {
    event.target.form.requestSubmit();
  }
});
