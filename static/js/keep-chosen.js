// What is chosen in the list goes on in its other views, whose links stand outside of what is replaced.
document.addEventListener("htmx:after:swap", ({ detail }) => {
  if (detail.ctx.target.id === "occurrence-list") {
    const { chosen } = document.getElementById("occurrence-list").dataset;
    for (const link of document.querySelectorAll(".views__link")) {
      link.search = chosen;
    }
  }
});
