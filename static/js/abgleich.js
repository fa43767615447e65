/* Abgleichrunde: J, K, W und Z drücken die Knöpfe, auf denen sie stehen. Abschaltbar, und nie beim Schreiben. */
(() => {
  const schalter = document.getElementById("tasten");
  const gemerkt = "abgleich-tasten";
  schalter.checked = sessionStorage.getItem(gemerkt) !== "aus";
  schalter.closest("label").hidden = false;
  schalter.addEventListener("change", () => {
    sessionStorage.setItem(gemerkt, schalter.checked ? "an" : "aus");
  });
  document.querySelector("[data-fokus]").focus();

  let gedrueckt = false;
  document.addEventListener("keydown", (ereignis) => {
    const schreibt = ereignis.target.closest("textarea, select, input:not([type=checkbox])");
    const mitAnderen = ereignis.ctrlKey || ereignis.metaKey || ereignis.altKey;
    if (!schalter.checked || schreibt || mitAnderen || ereignis.repeat || gedrueckt) return;
    const ziel = document.querySelector(`[data-taste="${CSS.escape(ereignis.key.toLowerCase())}"]`);
    if (!ziel) return;
    ereignis.preventDefault();
    if (ziel.tagName === "DETAILS") {
      ziel.open = true;
      ziel.querySelector("textarea").focus();
      return;
    }
    gedrueckt = true;
    ziel.click();
  });
})();
