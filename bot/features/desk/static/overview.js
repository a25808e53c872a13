// The overview keeps itself up to date: what is open stays open, nothing is asked for while nobody looks, and who is signed out sees it no longer.
"use strict";

const unfolded = new Set(); // the ids of what is unfolded

document.addEventListener("toggle", ({ target }) => {
  if (target.id) unfolded[target.open ? "add" : "delete"](target.id);
}, true);

document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.hidden && event.detail.elt.id === "overview") event.preventDefault();
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status === 401) location.reload();
});

document.addEventListener("htmx:afterSwap", () => {
  for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
});
