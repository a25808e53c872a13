// The form of a draft: what isn't saved is marked and never swept away, and of two texts for one field a tap takes mine or theirs. All else works without.
"use strict";

const frame = () => document.getElementById("form");
const written = (field) => field.querySelector("textarea, select, input:not([type=hidden])");

function say(field, words, again) {
  const state = field.querySelector(".state");
  state.querySelectorAll("[data-failed-note]").forEach((each) => each.remove());
  const note = document.createElement("p");
  note.className = "warn";
  note.dataset.failedNote = note.dataset.unsaved = "";
  note.append(words);
  if (again) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = frame().dataset.again;
    button.addEventListener("click", () => save(field));
    note.append(" ", button);
  }
  state.append(note);
}

const save = (field) => written(field).dispatchEvent(new Event("change", { bubbles: true }));

function failed({ detail }) {
  const field = detail.elt.closest(".field");
  if (!field) return;
  const out = detail.xhr && (detail.xhr.status === 401 || detail.xhr.status === 403);
  say(field, out ? frame().dataset.out : frame().dataset.failed, !out);
}

for (const fault of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) document.addEventListener(fault, failed);

// The whole form is put anew when something is added, moved or taken away: not while words on it aren't saved.
document.addEventListener("htmx:beforeRequest", (event) => {
  const open = document.querySelector("#form [data-unsaved]");
  if (event.detail.target?.id !== "draft" || !open) return;
  event.preventDefault();
  const field = open.closest(".field");
  say(field, frame().dataset.first, false);
  written(field).focus();
});

document.addEventListener("click", (event) => {
  const mine = event.target.closest("[data-mine]"), theirs = event.target.closest("[data-take]");
  const field = event.target.closest(".field");
  if (!field || !(mine || theirs)) return;
  event.preventDefault();
  if (theirs) {
    written(field).value = theirs.dataset.text;
    field.querySelector(".met").remove();
    written(field).focus();
  } else {
    save(field);
  }
});

// Enter in a line keeps it; the form's own buttons are pressed, not meant by it.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches(".field input[name^='put|']")) return;
  event.preventDefault();
  event.target.blur();
});

// What was sent is no longer what would be lost; if it did not arrive, it is marked.
document.addEventListener("change", ({ target }) => {
  if (target.matches("#form textarea, #form input[name^='put|']")) target.defaultValue = target.value;
});

window.addEventListener("beforeunload", (event) => {
  const at = document.activeElement;
  const typing = at?.matches?.("#form textarea, #form input[name^='put|']") && at.value !== at.defaultValue;
  if (document.querySelector("#form [data-unsaved]") || typing) event.preventDefault();
});
