// A group or channel: everyone's messages, topic by topic where it has topics, and a field in which anyone of them writes.

import { Field } from "./field.js";
import { Log } from "./log.js";
import { element, fromTemplate, notify } from "./page.js";
import { post } from "./server.js";

const KINDS = { group: "Group", supergroup: "Group", channel: "Channel" };
const GENERAL = 0; // Telegram gives the general topic no id

export class Group {
  #node = fromTemplate("group");
  #topics = this.#find(".topics");
  #writer = this.#find(".writer");
  #log = new Log(this.#node, { isOwn: () => false, showsAuthor: true, tap: (id, button) => this.#tap(id, button) });
  #field = new Field(this.#find(".composer"), { submit: () => this.#write() });
  #messages = new Map(); // message_id -> message, of all topics
  #topic = GENERAL;
  #isForum = false;
  #chatId;

  constructor({ chat_id: chatId }) {
    this.#chatId = chatId;
    this.#node.id = `group-${chatId}`;
  }

  get node() {
    return this.#node;
  }

  /** Show a group of the state: its title, who is in it, its topics, and exactly these messages. */
  show({ title, type, members, people, topics, messages }) {
    this.#node.ariaLabel = `${title}, as everyone sees it`;
    this.#find("h2 bdi").textContent = title;
    this.#find(".avatar").textContent = [...title][0] ?? "?";
    this.#find(".language").textContent = topics ? "Forum" : KINDS[type];
    this.#find(".note").textContent = type === "channel" ? "posts, to be read by all" : `${members} people and the bot`;
    this.#log.element.ariaLabel = `Messages in ${title}`;
    this.#field.label = `Message in ${title}`;
    this.#showPeople(people);
    this.#isForum = Boolean(topics);
    this.#messages = new Map(messages.map((message) => [message.message_id, message]));
    this.#showTopics(topics ?? []);
    this.#showMessages();
  }

  put(message) {
    this.#messages.set(message.message_id, message);
    if (this.#isHere(message)) this.#log.put(message);
    else this.#tabOf(topicOf(message))?.classList.add("unread");
  }

  react(messageId, reactions) {
    const message = this.#messages.get(messageId);
    if (message) this.put({ ...message, reactions });
  }

  remove(messageId) {
    this.#messages.delete(messageId);
    this.#log.remove(messageId);
  }

  #find(selector) {
    return this.#node.querySelector(selector);
  }

  /** Whoever is in the group and has a phone here can write in it; in a channel nobody can. */
  #showPeople(people) {
    const chosen = this.#writer.value;
    const options = people.map(({ user_id: id, first_name: name }) => element("option", { value: id }, name));
    this.#writer.replaceChildren(...options);
    if (people.some(({ user_id: id }) => String(id) === chosen)) this.#writer.value = chosen;
    this.#find("footer").hidden = people.length === 0;
  }

  async #write() {
    const text = this.#field.words;
    const topic = this.#topic === GENERAL ? {} : { topic: this.#topic };
    if (text && (await this.#send("text", { text, ...topic }))) this.#field.words = "";
  }

  #tap(messageId, { callback_data: data, url }) {
    if (data) this.#send("tap", { message_id: messageId, data });
    else if (/^https?:/i.test(url)) window.open(url, "_blank", "noreferrer");
  }

  /** Post as whoever is chosen; a refusal is shown and answered with false. */
  async #send(path, body) {
    try {
      await post(`phones/${this.#writer.value}/${path}`, { ...body, chat_id: this.#chatId });
      return true;
    } catch (error) {
      notify(this.#find(".toasts"), error.message, "error");
      return false;
    }
  }

  #showTopics(topics) {
    this.#topics.hidden = !this.#isForum;
    const all = [{ thread_id: GENERAL, name: "General" }, ...topics];
    if (!all.some((topic) => topic.thread_id === this.#topic)) this.#topic = GENERAL;
    this.#topics.replaceChildren(...all.map((topic) => this.#tab(topic)));
  }

  #tab({ thread_id: threadId, name, closed }) {
    const tab = element("button", { type: "button", dir: "auto" }, element("bdi", {}, closed ? `${name} (closed)` : name));
    tab.dataset.topic = threadId;
    tab.ariaPressed = String(threadId === this.#topic);
    tab.onclick = () => this.#turnTo(threadId);
    return tab;
  }

  #turnTo(threadId) {
    this.#topic = threadId;
    for (const tab of this.#topics.children) tab.ariaPressed = String(Number(tab.dataset.topic) === threadId);
    this.#tabOf(threadId).classList.remove("unread");
    this.#log.show([]);
    this.#showMessages();
  }

  #tabOf(threadId) {
    return this.#topics.querySelector(`[data-topic="${threadId}"]`);
  }

  #showMessages() {
    this.#log.show([...this.#messages.values()].filter((message) => this.#isHere(message)));
  }

  #isHere(message) {
    return !this.#isForum || topicOf(message) === this.#topic;
  }
}

const topicOf = (message) => (message.is_topic_message ? message.message_thread_id : GENERAL);
