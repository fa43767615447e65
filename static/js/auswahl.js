// The choices with search (Select2) take their name from the label of the field they stand for.
"use strict";

function benenneAuswahl() {
  for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
    const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    const box = select.nextElementSibling?.querySelector(".select2-selection");
    if (!label || !box) continue;
    label.id ||= `${select.id}_label`;
    const wert = box.querySelector(".select2-selection__rendered");
    const namen = wert?.id ? `${label.id} ${wert.id}` : label.id;
    if (box.getAttribute("aria-labelledby") !== namen) box.setAttribute("aria-labelledby", namen);
    for (const teil of box.querySelectorAll(":is(input, [role=textbox]):not([aria-labelledby])")) {
      teil.setAttribute("aria-labelledby", label.id);
    }
  }
  for (const suche of document.querySelectorAll(".select2-dropdown input:not([aria-label])")) {
    suche.setAttribute("aria-label", "Suchen");
  }
}

window.addEventListener("load", () => {
  benenneAuswahl();
  new MutationObserver(benenneAuswahl).observe(document.body, { childList: true, subtree: true });
});
