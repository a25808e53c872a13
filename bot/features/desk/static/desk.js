// Keys in the reading room: j next reply, k the one before, f feature. All else works without.
"use strict";

const replies = () => [...document.querySelectorAll("article.reply")];

function go(step) {
  const all = replies();
  const at = all.findIndex((reply) => reply.hasAttribute("aria-current"));
  const to = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  if (!to) return;
  if (at >= 0) all[at].removeAttribute("aria-current");
  to.setAttribute("aria-current", "true");
  to.focus({ preventScroll: true });
  to.scrollIntoView({ block: "start" });
}

const KEYS = {
  j: () => go(1),
  k: () => go(-1),
  f: () => document.querySelector("article[aria-current] button[data-verb=feature]")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  KEYS[event.key]?.();
});

document.addEventListener("htmx:load", ({ detail: { elt } }) => {
  if (elt.matches("article.reply")) elt.setAttribute("aria-current", "true");
});
