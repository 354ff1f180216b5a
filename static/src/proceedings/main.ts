// The book is complete without this: it only saves people the way to their browser's menu.

for (const button of document.querySelectorAll<HTMLButtonElement>("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    print();
  });
}
