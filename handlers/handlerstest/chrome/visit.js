// What a visit asks of a page. Sent with each question, so that it is there on every page, also while the page's own
// scripts are switched off. An answer has `done`, or says in `why` what is not there yet.
const tidy = (text) => (text ?? '').replace(/\s+/g, ' ').trim();
const shown = (el) => el.checkVisibility({ visibilityProperty: true });
const pick = (selector) => {
  try {
    return [...document.querySelectorAll(selector)].find(shown);
  } catch {
    return undefined; // the name is a text and not a selector
  }
};
const brief = (el) => (el ? el.cloneNode(false).outerHTML.slice(0, 120) : 'nothing');
const answer = (done, why) => (done ? { done } : { why });

const text = () => tidy(document.body?.innerText);
const loaded = () => answer(document.readyState === 'complete', 'the page is still loading');
const see = (wanted) => answer(text().includes(tidy(wanted)), 'the page does not say so');
const notSee = (unwanted) => answer(!text().includes(tidy(unwanted)), 'the page says so');
const has = (selector) => answer(document.querySelector(selector), 'no such element');

const labels = (el) => [...(el.labels ?? [])].map((label) => tidy(label.innerText));
const named = (el, name) => el.name === name || el.getAttribute('aria-label') === name || labels(el).includes(name);
function field(name, kinds) {
  const fields = [...document.querySelectorAll(kinds)];
  return (
    fields.find((el) => shown(el) && named(el, tidy(name))) ??
    fields.find((el) => shown(el) && labels(el).some((label) => label.startsWith(tidy(name)))) ??
    pick(name)
  );
}

function changed(el, value) {
  el.value = value;
  for (const event of ['input', 'change']) el.dispatchEvent(new Event(event, { bubbles: true }));
  return { done: true };
}

function choose(el, value) {
  const option = [...el.options].find((o) => o.value === value || tidy(o.text) === tidy(value));
  return option ? changed(el, option.value) : { why: 'it has no such option' };
}

const typed = ['text', 'search', 'email', 'tel', 'url', 'password', 'number', 'textarea'];
// fill sets a field, or puts the cursor into it and asks for its text to be typed.
function fill(name, value) {
  const el = field(name, 'input:not([type=hidden], [type=radio], [type=checkbox]), select, textarea');
  if (!el) return { why: 'no such field' };
  if (el.disabled || el.readOnly) return { why: 'the field takes no entry: ' + brief(el) };
  if (el instanceof HTMLSelectElement) return choose(el, value);
  if (!typed.includes(el.type)) return changed(el, value);
  if (el.value === value && document.activeElement === el) return { done: true };
  el.focus();
  el.select();
  return { type: true, why: `it holds ${JSON.stringify(el.value)}` };
}

// spot is where to press the element, in pixels of the window.
function spot(el) {
  el.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  const box = [...el.getClientRects()].find((r) => r.width > 0 && r.height > 0);
  if (!box) return { why: 'it has no size: ' + brief(el) };
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  const hit = document.elementFromPoint(x, y);
  return el.contains(hit) ? { x, y } : { why: `${brief(el)} is covered by ${brief(hit)}` };
}

// tick finds where to press a checkbox or radio button: itself, or its label where that is drawn in its place.
function tick(name, value) {
  const kind = 'input[type=checkbox], input[type=radio]';
  const all = [...document.querySelectorAll(kind)];
  const el =
    value === undefined ? all.find((box) => labels(box).includes(tidy(name))) ?? field(name, kind)
    : all.find((box) => box.name === name && box.value === value);
  if (!el) return { why: 'no such choice' };
  if (el.disabled) return { why: 'it is disabled: ' + brief(el) };
  if (el.checked) return { done: true };
  const free = (s) => s.x !== undefined && !document.elementFromPoint(s.x, s.y).closest('a');
  for (const place of [el, ...el.labels]) {
    const found = spot(place);
    if (free(found)) return found;
  }
  return { why: 'it is covered: ' + brief(el) };
}

const pressable = 'button, a[href], summary, input[type=submit], input[type=button], [role=button]';
const caption = (el) => tidy(el.getAttribute('aria-label') ?? (el instanceof HTMLInputElement ? el.value : el.innerText));

// leads reports whether pressing the element asks for another page, unless a script prevents it.
function leads(el) {
  const link = el.closest('a[href]');
  if (link) {
    const here = link.href.split('#')[0] === location.href.split('#')[0] && link.hash !== '';
    return !here && !link.hasAttribute('download') && ['', '_self'].includes(link.target);
  }
  const button = el.closest('button, input[type=submit]');
  if (button?.type !== 'submit' || !button.form) return false;
  if (button.formMethod === 'dialog' || button.form.method === 'dialog') return false;
  return button.formNoValidate || button.form.noValidate || button.form.checkValidity();
}

function press(name) {
  const el = [...document.querySelectorAll(pressable)].find((e) => shown(e) && caption(e) === tidy(name)) ?? pick(name);
  if (!el) return { why: 'nothing to press is called that' };
  if (el.disabled) return { why: 'it is disabled: ' + brief(el) };
  const place = spot(el);
  if (place.why) return place;
  window.prevented = false;
  const note = (event) => { window.prevented ||= event.defaultPrevented; };
  for (const event of ['click', 'submit']) window.addEventListener(event, note);
  return { ...place, leads: leads(el), born: performance.timeOrigin };
}

// arrived reports whether another document than the one born then is here and complete.
function arrived(born) {
  if (performance.timeOrigin === born) {
    return answer(window.prevented === true, 'no other page came');
  }
  return loaded();
}

// drawn waits for all pictures, those far below the window too.
function drawn() {
  const pictures = [...document.images];
  for (const picture of pictures) picture.loading = 'eager';
  return answer(pictures.every((p) => p.complete), 'pictures are still loading');
}
