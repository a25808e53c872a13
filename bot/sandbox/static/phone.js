// One person's phone: the chat with the bot as this person sees it.

import { Composer } from "./composer.js";
import { isOwn, messageElement } from "./message.js";
import { dayOf, directionOf, element, fromTemplate, languageName, notify } from "./page.js";
import { foldLongQuotations } from "./rich_text.js";
import { post } from "./server.js";

const NEAR = 80; // pixels from the end at which a reader still follows along

export class Phone {
  #node = fromTemplate("phone");
  #log = this.#find(".log");
  #latest = this.#find(".latest");
  #composer;
  #follows = true; // whether new messages scroll into view
  #shown = new Map(); // message_id -> {message, node}
  #lastDay = null; // the day named last between the messages
  #userId;
  #botUsername;

  constructor({ user_id: userId }, botUsername) {
    this.#userId = userId;
    this.#botUsername = botUsername;
    this.#node.id = `phone-${userId}`;
    this.#composer = new Composer(this.#find(".composer"), (path, body) => this.#send(path, body));
    this.#find(".start").onclick = () => this.#send("text", { text: "/start" });
    this.#find(".block").onclick = () => this.#send("block");
    this.#find(".unblock").onclick = () => this.#send("unblock");
    this.#latest.onclick = () => this.#scrollToEnd();
    this.#log.addEventListener("scroll", () => this.#noteScroll());
    const keepEnd = () => this.#follows && this.#scrollToEnd();
    this.#log.addEventListener("load", keepEnd, { capture: true }); // pictures
    new ResizeObserver(keepEnd).observe(this.#log);
    this.#log.addEventListener("click", (event) => this.#followText(event));
  }

  get node() {
    return this.#node;
  }

  /** Show a phone of the state: who, which language, and exactly these messages. */
  show({ first_name: name, language_code: language, note, blocked, commands, messages }) {
    const code = language ?? "en"; // someone who hides it
    this.#node.dir = directionOf(code);
    this.#node.ariaLabel = `${name}’s phone`;
    this.#find("h2 bdi").textContent = name;
    this.#find(".avatar").textContent = [...name][0] ?? "?";
    this.#find(".note bdi").textContent = note ?? "";
    this.#find(".language").textContent = languageName(code);
    this.#log.lang = code;
    this.#log.ariaLabel = `Messages of ${name}`;
    this.#composer.owner = name;
    this.#composer.commands = commands;
    this.blocked = blocked;
    this.#showExactly(messages);
  }

  set blocked(isBlocked) {
    this.#node.classList.toggle("blocked", isBlocked);
  }

  set commands(list) {
    this.#composer.commands = list;
  }

  /** Add a message, or put its newer state in the old one's place. */
  put(message) {
    const isNew = !this.#shown.has(message.message_id);
    this.#place(message);
    if (this.#follows || (isNew && isOwn(message))) this.#scrollToEnd();
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

  alert(text) {
    notify(this.#find(".toasts"), text);
  }

  #find(selector) {
    return this.#node.querySelector(selector);
  }

  #showExactly(messages) {
    const kept = new Set(messages.map((message) => message.message_id));
    for (const id of [...this.#shown.keys()]) if (!kept.has(id)) this.remove(id);
    if (messages.length === 0) this.#empty();
    for (const message of messages) this.#place(message);
    if (this.#follows) this.#scrollToEnd();
  }

  #empty() {
    this.#log.replaceChildren();
    this.#lastDay = null;
    this.#node.classList.add("fresh");
  }

  #place(message) {
    const old = this.#shown.get(message.message_id);
    if (old && JSON.stringify(old.message) === JSON.stringify(message)) return;
    const node = messageElement(message, this.#actions());
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

  #actions() {
    return {
      reply: (message) => this.#composer.reply(message),
      edit: (message) => this.#composer.edit(message),
      goTo: (messageId) => this.#goTo(messageId),
      tap: (messageId, button) => this.#tap(messageId, button),
    };
  }

  #goTo(messageId) {
    const node = this.#shown.get(messageId)?.node;
    if (!node) return;
    node.scrollIntoView({ block: "center", inline: "nearest" });
    node.classList.add("found");
    setTimeout(() => node.classList.remove("found"), 1500);
  }

  async #tap(messageId, { callback_data: data, url, copy_text: copy }) {
    if (data) await this.#send("tap", { message_id: messageId, data });
    else if (copy) await this.#copy(copy.text);
    else if (this.#payloadOf(url) !== null) await this.#open(this.#payloadOf(url));
    else if (/^https?:/i.test(url)) window.open(url, "_blank", "noreferrer");
    else this.alert(url);
  }

  #copy(text) {
    return navigator.clipboard.writeText(text).then(
      () => this.alert("Copied"),
      (error) => this.#complain(error),
    );
  }

  /** A command in a text is sent on a tap; a link to this bot opens it here rather than in the browser. */
  #followText(event) {
    const command = event.target.closest(".command");
    if (command) this.#send("text", { text: command.textContent });
    const payload = this.#payloadOf(event.target.closest("a[href]")?.href);
    if (payload === null) return;
    event.preventDefault();
    this.#open(payload);
  }

  #open(payload) {
    return this.#send("text", { text: `/start ${payload}`.trim() });
  }

  /** The payload of a link that opens this bot ("" without one); null for any other address. */
  #payloadOf(address) {
    const { hostname, pathname, searchParams } = URL.parse(address) ?? {};
    const opensBot = hostname === "t.me" && pathname.toLowerCase() === `/${this.#botUsername.toLowerCase()}`;
    return opensBot ? (searchParams.get("start") ?? "") : null;
  }

  /** Post for this phone; a refusal is shown and answered with false. */
  async #send(path, body) {
    try {
      await post(`phones/${this.#userId}/${path}`, body);
      return true;
    } catch (error) {
      this.#complain(error);
      return false;
    }
  }

  #complain(error) {
    notify(this.#find(".toasts"), error.message, "error");
  }

  #noteScroll() {
    this.#follows = this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < NEAR;
    if (this.#follows) this.#latest.hidden = true;
  }

  #scrollToEnd() {
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#latest.hidden = true;
  }
}

/** Put a newer element in an older one's place; a reader at the keyboard stays at the same button. */
function replaceKeepingFocus(old, node) {
  const place = [...old.querySelectorAll("button, a")].indexOf(document.activeElement);
  old.replaceWith(node);
  const buttons = node.querySelectorAll("button, a");
  if (place >= 0) buttons[Math.min(place, buttons.length - 1)]?.focus({ preventScroll: true });
}
