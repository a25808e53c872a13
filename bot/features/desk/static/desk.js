// The reading room: keys (j next reply, k the one before, f feature, h hide, r respond, p under a key point, / search), and the words that are
// selected. All else works without.
"use strict";

let at = ""; // the id of the reply where one is: another element has it once a decision has replaced the first

const current = () => document.getElementById(at);

function go(step) {
  const all = [...document.querySelectorAll("article.reply")];
  const to = all[Math.min(Math.max(all.indexOf(current()) + step, 0), all.length - 1)];
  if (!to) return;
  current()?.removeAttribute("aria-current");
  at = to.id;
  to.setAttribute("aria-current", "true");
  to.focus({ preventScroll: true });
  to.scrollIntoView({ block: "start" });
}

// The words that are selected in a reply, and where they begin in it, in code points as the bot counts.
function selected() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const original = range.commonAncestorContainer.parentElement?.closest("[data-original]");
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

function cite() {
  const form = choose() ?? current()?.querySelector("details.cite form");
  if (!form) return;
  form.closest("details").open = true;
  form.elements.text.focus();
}

document.addEventListener("selectionchange", choose);

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
  p: cite,
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

document.addEventListener("keydown", ({ key, target }) => {
  const details = key === "Escape" && target.closest("article details[open]");
  if (!details) return;
  details.open = false;
  details.querySelector("summary").focus();
});

document.addEventListener("htmx:load", ({ detail: { elt } }) => {
  if (at && elt.id === at) elt.setAttribute("aria-current", "true");
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
