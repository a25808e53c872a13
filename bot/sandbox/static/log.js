// The messages of one chat from top to bottom: parted by days, replaced where they change, followed while one reads the end.

import { messageElement } from "./message.js";
import { dayOf, element } from "./page.js";
import { foldLongQuotations } from "./rich_text.js";

const NEAR = 80; // pixels from the end at which a reader still follows along
const ABOVE = 10; // pixels left above what is scrolled to

export class Log {
  #node; // what holds the log, marked "fresh" while there is nothing in it
  #log;
  #latest;
  #view;
  #follows = true; // whether new messages scroll into view
  #shown = new Map(); // message_id -> {message, node}
  #lastDay = null; // the day named last between the messages
  #news = null; // what came last: its beginning stays in view
  #ours = -1; // where the log was scrolled to by itself, and not by its reader

  /** `view` says how messageElement shows a message, and what a touch does; its goTo is added here. */
  constructor(node, view) {
    this.#node = node;
    this.#log = node.querySelector(".log");
    this.#latest = node.querySelector(".latest");
    this.#view = { ...view, goTo: (messageId) => this.#goTo(messageId) };
    this.#latest.onclick = () => this.#scrollToEnd();
    this.#log.addEventListener("scroll", () => this.#noteScroll());
    const keepPlace = () => this.#follows && this.#scrollToNews();
    this.#log.addEventListener("load", keepPlace, { capture: true }); // pictures
    new ResizeObserver(keepPlace).observe(this.#log);
  }

  get element() {
    return this.#log;
  }

  /** Show exactly these messages. */
  show(messages) {
    const kept = new Set(messages.map((message) => message.message_id));
    for (const id of [...this.#shown.keys()]) if (!kept.has(id)) this.remove(id);
    if (messages.length === 0) this.#empty();
    const isFirstLook = this.#shown.size === 0;
    for (const message of messages) this.#place(message);
    if (isFirstLook) this.#news = this.#log.firstElementChild;
    if (this.#follows) this.#scrollToNews();
  }

  /** Add a message, or put its newer state in the old one's place. */
  put(message) {
    const isNew = !this.#shown.has(message.message_id);
    this.#place(message);
    if (isNew && this.#view.isOwn(message)) this.#scrollToEnd();
    else if (isNew) this.#news = this.#shown.get(message.message_id).node;
    if (this.#follows) this.#scrollToNews();
    else if (isNew) this.#latest.hidden = false;
  }

  /** Put the reactions of one message in place of those it had. */
  react(messageId, reactions) {
    const entry = this.#shown.get(messageId);
    if (entry) this.put({ ...entry.message, reactions });
  }

  remove(messageId) {
    this.#shown.get(messageId)?.node.remove();
    this.#shown.delete(messageId);
    if (this.#shown.size === 0) this.#empty();
  }

  #empty() {
    this.#log.replaceChildren();
    this.#lastDay = null;
    this.#node.classList.add("fresh");
  }

  #place(message) {
    const old = this.#shown.get(message.message_id);
    if (old && JSON.stringify(old.message) === JSON.stringify(message)) return;
    const node = messageElement(message, this.#view);
    if (old) replaceKeepingFocus(old.node, node);
    else this.#append(node, message);
    this.#shown.set(message.message_id, { message, node });
    foldLongQuotations(node);
  }

  #append(node, message) {
    const day = dayOf(message.date * 1000);
    if (day !== this.#lastDay) this.#log.append(element("div", { className: "pill", textContent: day, dir: "ltr" }));
    this.#lastDay = day;
    this.#log.append(node);
    this.#node.classList.remove("fresh");
  }

  #goTo(messageId) {
    const node = this.#shown.get(messageId)?.node;
    if (!node) return;
    node.scrollIntoView({ block: "center", inline: "nearest" });
    node.classList.add("found");
    setTimeout(() => node.classList.remove("found"), 1500);
  }

  #noteScroll() {
    if (Math.abs(this.#log.scrollTop - this.#ours) < 2) return;
    this.#news = null;
    this.#follows = this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < NEAR;
    if (this.#follows) this.#latest.hidden = true;
  }

  #scrollToEnd() {
    this.#news = null;
    this.#follows = true;
    this.#scrollToNews();
  }

  /** Scroll to the end, but not past the beginning of what came last: nothing new is out of sight before it was read. */
  #scrollToNews() {
    if (!this.#news?.isConnected) this.#news = null;
    this.#log.scrollTop = this.#news ? this.#news.offsetTop - ABOVE : this.#log.scrollHeight;
    this.#ours = this.#log.scrollTop;
    this.#latest.hidden = this.#log.scrollHeight - this.#ours - this.#log.clientHeight < NEAR;
  }
}

/** Put a newer element in an older one's place; a reader at the keyboard stays at the same button. */
function replaceKeepingFocus(old, node) {
  const place = [...old.querySelectorAll("button, a")].indexOf(document.activeElement);
  old.replaceWith(node);
  const buttons = node.querySelectorAll("button, a");
  if (place >= 0) buttons[Math.min(place, buttons.length - 1)]?.focus({ preventScroll: true });
}
