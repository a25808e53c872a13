// Formatted text of a message, let in through an allow-list: what is not on it becomes plain text.

import { element } from "./page.js";

const tagSet = (names) => new Set(names.toUpperCase().split(" "));
const ALLOWED = tagSet("a b blockquote br code del em i ins pre s span strike strong tg-spoiler time u");
const SILENT = tagSet("iframe math noscript object script style svg template textarea title"); // words and all
const LINK = /^(https?|mailto|tel|tg):/i;

/** A fragment that shows `html`; only known tags get in, of their attributes only a link's address. */
export function richText(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const fragment = document.createDocumentFragment();
  copyChildren(parsed.body, fragment);
  return fragment;
}

function copyChildren(source, target) {
  for (const node of source.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) target.append(node.data);
    else if (node.nodeType === Node.ELEMENT_NODE) copyElement(node, target);
  }
}

function copyElement(source, target) {
  if (SILENT.has(source.tagName.toUpperCase())) return;
  const copy = ALLOWED.has(source.tagName) ? allowedCopy(source) : target;
  if (!copy.dateTime) copyChildren(source, copy);
  if (copy === target) return;
  target.append(copy);
  if (copy.classList.contains("expandable")) copy.append(expander(copy));
}

function allowedCopy(source) {
  if (source.matches("tg-spoiler, span.tg-spoiler, span.spoiler")) return spoiler();
  if (source.matches("span.command")) return element("button", { type: "button", className: "command" });
  if (source.matches("time")) return moment(source);
  const copy = document.createElement(source.tagName);
  if (source.tagName === "BLOCKQUOTE" && source.hasAttribute("expandable")) copy.className = "expandable";
  if (source.tagName === "A") {
    const address = source.getAttribute("href") ?? "";
    if (LINK.test(address)) Object.assign(copy, { href: address, target: "_blank", rel: "noreferrer" });
  }
  return copy;
}

/** A moment as Telegram's apps show it, by the clock of whoever looks; what was written stands behind it. */
function moment(source) {
  const at = new Date(source.dateTime);
  const format = source.dataset.format ?? "";
  const style = {};
  if (format.includes("w")) style.weekday = "long";
  if (/d/i.test(format)) Object.assign(style, { day: "numeric", month: format.includes("D") ? "long" : "short" });
  if (/t/i.test(format)) Object.assign(style, { hour: "2-digit", minute: "2-digit" });
  const shown = Object.keys(style).length && !Number.isNaN(at.getTime()) ? at.toLocaleString(undefined, style) : source.textContent;
  return element("time", { dateTime: source.dateTime, title: source.textContent, textContent: shown });
}

function spoiler() {
  const cover = element("span", { className: "spoiler", tabIndex: 0, role: "button" });
  cover.ariaLabel = "Hidden text: show it";
  const reveal = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation(); // a quotation around it stays as it is
    cover.className = "spoiler shown";
    for (const name of ["tabindex", "role", "aria-label"]) cover.removeAttribute(name);
  };
  cover.addEventListener("click", reveal, { once: true });
  cover.addEventListener("keydown", reveal);
  return cover;
}

function expander(quotation) {
  const button = element("button", { type: "button", className: "expander" });
  const describe = (isOpen) => {
    button.ariaExpanded = String(isOpen);
    button.ariaLabel = isOpen ? "Show less of the quotation" : "Show the whole quotation";
  };
  describe(false);
  quotation.addEventListener("click", (event) => {
    if (!event.target.closest("a, .command")) describe(quotation.classList.toggle("open"));
  });
  return button;
}

/** Fold the long quotations in an element that is on the page now; short ones need no fold. */
export function foldLongQuotations(container) {
  for (const quotation of container.querySelectorAll("blockquote.expandable")) {
    quotation.classList.add("folded");
    if (quotation.scrollHeight <= quotation.clientHeight + 2) quotation.classList.remove("folded", "expandable");
  }
}
