// Small means of building the page: templates, elements, words for people, short notices.

/** A fresh copy of the one element in the template with this id. */
export function fromTemplate(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

/** A new element with properties, and children that are nodes or plain text (never markup). */
export function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

const NOTICE_SECONDS = 6;

/** Show a short notice for some seconds; a tap takes it away at once. */
export function notify(region, text, kind = "alert") {
  const notice = element("button", { type: "button", className: `toast ${kind}`, textContent: text, dir: "auto" });
  notice.onclick = () => notice.remove();
  region.append(notice);
  setTimeout(() => notice.remove(), NOTICE_SECONDS * 1000);
}

const DAY = { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" };
const dayFormat = new Intl.DateTimeFormat("en-GB", DAY);
const timeFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
const languageNames = new Intl.DisplayNames("en", { type: "language", fallback: "code" });

/** "Mon, 9 Mar 2026" in UTC. */
export const dayOf = (moment) => dayFormat.format(moment);

/** "14:05" in UTC. */
export const timeOf = (moment) => timeFormat.format(moment);

/** "Arabic" for "ar"; the code itself when it names no language. */
export function languageName(code) {
  try {
    return languageNames.of(code);
  } catch {
    return code;
  }
}

const RIGHT_TO_LEFT = new Set(["ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"]);

/** "rtl" or "ltr" for a language tag. */
export const directionOf = (code) => (RIGHT_TO_LEFT.has(code.split("-")[0]) ? "rtl" : "ltr");

/** "0:07" from seconds. */
export const lengthOf = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** "18 KB" from bytes. */
export function sizeOf(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
