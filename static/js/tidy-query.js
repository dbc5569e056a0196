// A form that asks for a list leaves out what nothing was chosen in, so that its address stays short.
document.addEventListener("formdata", (event) => {
  if (event.target.hasAttribute("data-tidy")) {
    for (const [name, value] of [...event.formData]) {
      if (value === "") {
        event.formData.delete(name);
      }
    }
  }
});
