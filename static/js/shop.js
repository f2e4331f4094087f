// Comfort on top of pages that work without it.
(() => {
  "use strict";

  // The shop's clock may be moved, so countdowns follow the server's, which says its time with the page.
  const page = performance.getEntriesByType("navigation")[0];
  const told = page?.serverTiming?.find((timing) => timing.name === "clock");
  const ahead = told ? Number(told.description) - (performance.timeOrigin + page.responseStart) : 0;
  const now = () => performance.timeOrigin + performance.now() + ahead;

  // A countdown is decoration: it opens nothing and only says when it is worth asking again.
  const tick = (box) => {
    let left = Number(box.dataset.countdown) - now();
    if (left <= 0) {
      box.textContent = box.dataset.over;
      box.classList.add("countdown--over");
      return false;
    }
    for (const figure of box.querySelectorAll("[data-unit]")) {
      const unit = Number(figure.dataset.unit);
      figure.textContent = String(Math.floor(left / unit)).padStart(unit < 86400000 ? 2 : 1, "0");
      left %= unit;
    }
    return true;
  };
  for (const box of document.querySelectorAll("[data-countdown]")) {
    box.hidden = false;
    if (tick(box)) {
      const timer = setInterval(() => tick(box) || clearInterval(timer), 1000);
    }
  }

  // What was typed and not yet sent outlives a renewal of the page.
  const store = (() => { try { return sessionStorage; } catch { return null; } })();
  const fields = () => [...document.querySelectorAll("input:not([type=hidden], [type=radio], [type=checkbox]), textarea, select")];
  const name = (field) => (field.form?.getAttribute("action") ?? "") + " " + field.name;
  const keep = () => {
    const typed = fields().filter((field) => field === document.activeElement || field.value !== (field.defaultValue ?? ""));
    store?.setItem("typed", JSON.stringify({
      page: location.href,
      values: typed.map((field) => [name(field), field.value]),
      at: document.activeElement?.name ? name(document.activeElement) : "",
    }));
  };
  const restore = () => {
    const kept = JSON.parse(store?.getItem("typed") ?? "null");
    store?.removeItem("typed");
    if (kept?.page !== location.href) return;
    const values = new Map(kept.values);
    for (const field of fields()) {
      if (values.has(name(field))) field.value = values.get(name(field));
      if (name(field) === kept.at) field.focus({ preventScroll: true });
    }
  };
  restore();

  // A page that waits for an instant asks again when it has come, some seconds later by chance, so that not everybody asks at
  // once. It opens nothing: the server decides. Each page waits at least three seconds, so a clock that is wrong makes no rush.
  const main = document.querySelector("main[data-renew]");
  if (main) {
    const chance = 3000 + Math.random() * 5000;
    const due = Math.max(Number(main.dataset.renew), now()) + chance;
    const renew = () => {
      const left = due - now();
      if (left > 0) {
        setTimeout(renew, Math.min(left, 3600000)); // browsers count no further than 24 days
      } else if (document.hidden) {
        document.addEventListener("visibilitychange", () => setTimeout(renew, Math.random() * 3000), { once: true });
      } else if (!document.querySelector("form[data-sent]")) {
        keep();
        location.reload();
      }
    };
    renew();
    for (const link of document.querySelectorAll("[data-again]")) link.hidden = true;
  }

  // Open menus close on Escape and on a press beside them.
  const menus = document.querySelectorAll("details.switch");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus) {
      if (!menu.open) continue;
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
  });

  // A change of quantity or order of a list is sent at once; its button is for those without JavaScript.
  for (const form of document.querySelectorAll("form[data-at-once]")) {
    form.classList.add("at-once");
    form.addEventListener("change", () => form.requestSubmit());
  }

  // A second press while an order is on its way is not sent; coming back to the page frees the button.
  for (const form of document.querySelectorAll("form[data-once]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "yes";
      form.querySelector("[type=submit]").setAttribute("aria-disabled", "true");
    });
    addEventListener("pageshow", () => {
      delete form.dataset.sent;
      form.querySelector("[type=submit]").removeAttribute("aria-disabled");
    });
  }

  // A refused form starts at what was wrong with it.
  document.getElementById("errors")?.focus();

  // The thumbnail of the picture in sight is marked.
  const strip = document.querySelector(".gallery__strip");
  if (strip && "IntersectionObserver" in window) {
    const mark = (id) => {
      for (const thumb of document.querySelectorAll(".gallery__thumbs a")) {
        if (thumb.hash === "#" + id) thumb.setAttribute("aria-current", "true");
        else thumb.removeAttribute("aria-current");
      }
    };
    const seen = new IntersectionObserver(
      (entries) => entries.forEach((entry) => entry.isIntersecting && mark(entry.target.id)),
      { root: strip, threshold: 0.6 },
    );
    for (const picture of strip.children) seen.observe(picture);
  }
})();
