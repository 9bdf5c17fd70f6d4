/* Optional comforts only: everything works without this file. */
document.documentElement.classList.add("js");
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-copy], button[data-print]");
  if (!button) return;
  if (button.hasAttribute("data-print")) return window.print();
  const source = document.getElementById(button.dataset.copy);
  navigator.clipboard?.writeText(source.textContent.trim()).then(() => {
    button.textContent = button.dataset.done;
  });
});
