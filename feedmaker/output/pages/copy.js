"use strict";
if (navigator.clipboard) {
  const told = document.querySelector("[role=status]");
  for (const button of document.querySelectorAll("button.copy")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const address = new URL(button.dataset.feed, document.baseURI).href;
      try {
        await navigator.clipboard.writeText(address);
        told.textContent = "نُسخ الرابط: " + address;
      } catch {
        told.textContent = "تعذّر النسخ؛ هذا هو الرابط: " + address;
      }
    });
  }
}
