// One person's phone: the chat with the bot as this person sees it.

import { Composer } from "./composer.js";
import { Log } from "./log.js";
import { isByPerson } from "./message.js";
import { directionOf, fromTemplate, languageName, notify } from "./page.js";
import { post } from "./server.js";

export class Phone {
  #node = fromTemplate("phone");
  #log = new Log(this.#node, this.#view());
  #composer;
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
    this.#log.element.addEventListener("click", (event) => this.#followText(event));
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
    this.#log.element.lang = code;
    this.#log.element.ariaLabel = `Messages of ${name}`;
    this.#composer.owner = name;
    this.#composer.commands = commands;
    this.blocked = blocked;
    this.#log.show(messages);
  }

  set blocked(isBlocked) {
    this.#node.classList.toggle("blocked", isBlocked);
  }

  set commands(list) {
    this.#composer.commands = list;
  }

  put(message) {
    this.#log.put(message);
  }

  react(messageId, reactions) {
    this.#log.react(messageId, reactions);
  }

  remove(messageId) {
    this.#log.remove(messageId);
  }

  alert(text) {
    notify(this.#find(".toasts"), text);
  }

  #find(selector) {
    return this.#node.querySelector(selector);
  }

  /** How messages look on this phone, and what a touch does. */
  #view() {
    return {
      isOwn: isByPerson,
      reply: (message) => this.#composer.reply(message),
      edit: (message) => this.#composer.edit(message),
      tap: (messageId, button) => this.#tap(messageId, button),
    };
  }

  async #tap(messageId, { text: label, callback_data: data, url, copy_text: copy, web_app: app }) {
    if (app) await this.#openApp(messageId, label);
    else if (data) await this.#send("tap", { message_id: messageId, data });
    else if (copy) await this.#copy(copy.text);
    else if (this.#payloadOf(url) !== null) await this.#open(this.#payloadOf(url));
    else if (/^https?:/i.test(url)) window.open(url, "_blank", "noreferrer");
    else this.alert(url);
  }

  /** A Mini App opens in a tab of its own, as in Telegram's browser. */
  async #openApp(messageId, label) {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    try {
      const { address } = await post(`phones/${this.#userId}/app`, { message_id: messageId, label, dark });
      window.open(address, "_blank", "noreferrer");
    } catch (error) {
      this.#complain(error);
    }
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
}
