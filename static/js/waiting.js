// The waiting room asks for its place by itself, and goes to the shop when it is the visitor's turn.
(() => {
  "use strict";

  const room = document.querySelector("[data-waiting]");
  const said = document.querySelector("[data-waiting-said]");
  const longest = 30000;
  let failures = 0;

  const place = () => room.querySelector(".waiting__place");

  // An answer that does not come is asked for again, later each time: many wait, and the shop is busy.
  const later = () => {
    const again = Number(place().dataset.again);
    const pause = failures ? Math.min(longest, 2000 * 2 ** failures) * (0.5 + Math.random() / 2) : again;
    if (again > 0) setTimeout(ask, pause);
  };

  // Figures change often; only a new state is worth a reader's attention. Before the opening nothing but the countdown
  // moves, which would stand still in a new copy.
  const show = (html) => {
    const old = place();
    const box = document.createElement("div");
    box.innerHTML = html;
    const fresh = box.firstElementChild;
    const same = fresh.dataset.state === old.dataset.state;
    if (same && fresh.dataset.state === "early") old.dataset.again = fresh.dataset.again;
    else old.replaceWith(fresh);
    document.title = fresh.dataset.title;
    if (!same) said.textContent = fresh.dataset.said;
    if (["inside", "free"].includes(fresh.dataset.state)) location.assign(fresh.dataset.next);
  };

  const ask = async () => {
    try {
      const address = room.dataset.waiting + "?next=" + encodeURIComponent(place().dataset.next);
      const answer = await fetch(address, { headers: { Accept: "text/html" }, cache: "no-store" });
      if (!answer.ok) throw new Error(String(answer.status));
      const html = await answer.text();
      failures = 0;
      show(html);
    } catch {
      failures += 1;
    }
    later();
  };

  later();
})();
