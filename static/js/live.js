// The live view follows what the server tells; when it falls silent, the page says so.
(() => {
  "use strict";

  const box = document.querySelector("[data-live]");
  const said = document.querySelector("[data-live-said]");
  if (!box || !window.EventSource) return;

  const events = new EventSource(box.dataset.live);
  events.addEventListener("figures", (event) => {
    // Who reads a table or walks through it with the keyboard keeps his place.
    const scrolled = [...box.querySelectorAll(".table__frame")].map((frame) => frame.scrollLeft);
    const focused = [...box.querySelectorAll("a, [tabindex]")].indexOf(document.activeElement);
    box.innerHTML = event.data;
    box.querySelectorAll(".table__frame").forEach((frame, i) => { frame.scrollLeft = scrolled[i] ?? 0; });
    if (focused >= 0) box.querySelectorAll("a, [tabindex]")[focused]?.focus({ preventScroll: true });
    if (said.textContent) said.textContent = "";
  });
  events.addEventListener("error", () => {
    said.textContent = "The connection is lost; trying again. The figures may be old.";
  });
  addEventListener("pagehide", () => events.close());
})();
