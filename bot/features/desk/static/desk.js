// The reading room: keys (j next reply, k the one before, f feature, h hide, r respond, p under a key point, / search, Ctrl+Enter send), and the
// words that are selected. All else works without.
"use strict";

let at = ""; // the id of the reply where one is: another element has it once a decision has replaced the first

function mark(article) {
  current()?.removeAttribute("aria-current");
  at = article.id;
  article.setAttribute("aria-current", "true");
}

const current = () => document.getElementById(at);

function go(step) {
  const all = [...document.querySelectorAll("article.reply")];
  const to = all[Math.min(Math.max(all.indexOf(current()) + step, 0), all.length - 1)];
  if (!to) return;
  mark(to);
  to.focus({ preventScroll: true });
  to.scrollIntoView({ block: "start" });
}

// Where one clicks, taps or tabs is where one is.
for (const kind of ["pointerdown", "focusin"]) {
  document.addEventListener(kind, ({ target }) => {
    const article = target.closest?.("article.reply");
    if (article && article.id !== at) mark(article);
  });
}

// The words that are selected in a reply, and where they begin in it, in code points as the bot counts.
function selected() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const { commonAncestorContainer: common } = range;
  const original = (common.nodeType === Node.TEXT_NODE ? common.parentElement : common).closest("[data-original]");
  if (!original) return null;
  const before = new Range();
  before.setStart(original, 0);
  before.setEnd(range.startContainer, range.startOffset);
  return { reply: original.closest("article"), start: [...before.toString()].length, span: range.toString() };
}

function choose() {
  const chosen = selected();
  const form = chosen?.reply.querySelector("details.cite form");
  if (!form || !chosen.span.trim()) return null;
  form.elements.start.value = chosen.start;
  form.elements.span.value = chosen.span;
  form.querySelector("[data-span]").textContent = chosen.span;
  return form;
}

function cite(form = choose() ?? current()?.querySelector("details.cite form")) {
  if (!form) return;
  form.closest("details").open = true;
  const { point, text } = form.elements;
  freshen(point);
  (point.options.length > 1 ? point : text).focus();
}

// A key point that is new is offered beside all other replies to its question, too.
const newest = {}; // the list that came last, by question

function freshen(list) {
  const last = newest[list.dataset.points];
  if (!last || last === list) return;
  const chosen = list.value;
  list.replaceChildren(...[...last.options].map((option) => option.cloneNode(true)));
  list.value = chosen;
}

document.addEventListener("toggle", ({ target }) => {
  if (target.matches("details.cite[open]")) freshen(target.querySelector("form").elements.point);
}, true);

// Beside words that are selected stands what puts them under a key point: the foot of a long reply is far away, and a phone has no keys.
const near = document.createElement("button");
near.type = "button";
near.className = "near primary";
let appears = 0;
let offered = null; // the form of the reply in which they are
let pressed = false; // meanwhile a phone lets go of what was selected
near.addEventListener("mousedown", (event) => event.preventDefault());
near.addEventListener("pointerdown", () => { pressed = true; });
for (const kind of ["pointerup", "pointercancel"]) document.addEventListener(kind, () => setTimeout(() => { pressed = false; }));
near.addEventListener("click", () => { near.remove(); cite(offered); });

function offer() {
  const form = choose();
  if (!form) return;
  offered = form;
  const { bottom, left, width } = document.getSelection().getRangeAt(0).getBoundingClientRect();
  near.textContent = form.closest("details").querySelector("summary").textContent;
  document.body.append(near);
  near.style.top = `${bottom + scrollY + 6}px`;
  near.style.left = `${Math.max(8, Math.min(left + width / 2, innerWidth - 8 - near.offsetWidth))}px`;
}

document.addEventListener("selectionchange", () => {
  choose();
  clearTimeout(appears);
  if (!pressed) near.remove();
  appears = setTimeout(offer, 250); // once they stand still
});

// What a reply unfolds, with the cursor where one goes on; the same key folds it again.
function unfold(kind, field) {
  const details = current()?.querySelector(`details.${kind}`);
  if (!details) return;
  details.open = !details.open;
  if (details.open) details.querySelector(field).focus();
}

const KEYS = {
  h: () => unfold("hide", "button"),
  r: () => unfold("respond", "textarea"),
  "/": () => document.querySelector("[data-key='/']")?.focus(),
  j: () => go(1),
  k: () => go(-1),
  p: () => cite(),
  f: () => current()?.querySelector("button[data-verb=feature]")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  if (!(event.key in KEYS)) return;
  event.preventDefault();
  KEYS[event.key]();
});

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-submits]")) target.form.requestSubmit();
});

document.addEventListener("keydown", ({ key, ctrlKey, metaKey, target }) => {
  const sends = key === "Enter" && (ctrlKey || metaKey) && target.matches("article.reply :is(textarea, select)");
  if (sends) target.form.requestSubmit();
});

document.addEventListener("keydown", ({ key, target }) => {
  const details = key === "Escape" && target.closest("article details[open]");
  if (!details) return;
  details.open = false;
  details.querySelector("summary").focus();
});

document.addEventListener("htmx:load", ({ detail: { elt } }) => {
  const list = elt.querySelector?.("select[data-points]");
  if (list) newest[list.dataset.points] = list;
  if (!at || elt.id !== at) return;
  elt.setAttribute("aria-current", "true");
  if (document.activeElement === document.body) elt.focus({ preventScroll: true }); // what had the focus is gone
});

// What the bot has to say besides the page, until something else is asked of it; and that it couldn't be asked.
const told = () => document.getElementById("told");
const byItself = ({ detail }) => detail.elt.id === "news"; // nobody asked
document.addEventListener("htmx:beforeRequest", (event) => byItself(event) || told()?.replaceChildren());
document.addEventListener("htmx:sendError", (event) => {
  if (byItself(event)) return;
  const note = document.createElement("p");
  note.className = "card warn";
  note.textContent = told().dataset.unsent;
  told().replaceChildren(note);
});
