// One message of a chat as a bubble: quote, media, text, time, reactions and the keyboard below.

import { attachment, labelOf } from "./attachment.js";
import { element, fromTemplate, timeOf } from "./page.js";
import { richText } from "./rich_text.js";

/**
 * The element for a Bot API message with `html` and `reactions` beside.
 *
 * `view` says which messages are isOwn(message), whether it showsAuthor, and what a touch does: goTo(messageId) and,
 * where one can do something, reply(message), edit(message), tap(messageId, button).
 */
export function messageElement(message, view) {
  const service = serviceWords(message);
  if (service) return element("div", { className: "pill", dir: "auto", textContent: service });
  const node = fromTemplate("message");
  node.classList.add(view.isOwn(message) ? "out" : "in");
  fillBubble(node.querySelector(".bubble"), message, view);
  fillTools(node.querySelector(".tools"), message, view);
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (rows.length) node.append(keyboard(message.message_id, rows, view));
  return node;
}

/** Whether a person sent the message, and not the bot. */
export const isByPerson = (message) => !message.from?.is_bot;

/** The first words of a message, for a quote or a preview. */
export const previewOf = (message) => message.text ?? message.caption ?? labelOf(message) ?? "Message";

const SERVICE = {
  pinned_message: (pinned) => `Pinned: ${previewOf(pinned)}`,
  forum_topic_created: ({ name }) => `Topic opened: ${name}`,
  forum_topic_edited: ({ name }) => `Topic renamed: ${name}`,
  forum_topic_closed: () => "Topic closed",
  forum_topic_reopened: () => "Topic reopened",
  new_chat_members: (members) => `Joined: ${members.map((member) => member.first_name).join(", ")}`,
  left_chat_member: ({ first_name: name }) => `Left: ${name}`,
  migrate_to_chat_id: () => "The group became a supergroup",
  migrate_from_chat_id: () => "The group became a supergroup",
};

/** What Telegram itself says in a chat, in words; null for a message of someone's. */
function serviceWords(message) {
  const kind = Object.keys(SERVICE).find((name) => message[name] !== undefined);
  return kind ? SERVICE[kind](message[kind]) : null;
}

function fillTools(tools, message, view) {
  const edit = tools.querySelector(".edit");
  tools.querySelector(".reply").onclick = () => view.reply(message);
  edit.onclick = () => view.edit(message);
  if (!view.isOwn(message) || message.text === undefined) edit.remove();
  if (!view.reply) tools.remove();
}

function authorOf(message) {
  return message.sender_chat?.title ?? message.from?.first_name ?? "Someone";
}

function fillBubble(bubble, message, view) {
  if (view.showsAuthor) bubble.append(element("b", { className: "author", dir: "auto" }, authorOf(message)));
  if (message.reply_to_message && !serviceWords(message.reply_to_message)) bubble.append(quote(message, view));
  const media = attachment(message);
  if (media) bubble.append(media);
  const text = element("div", { className: "text" });
  text.append(richText(message.html ?? ""), details(message));
  bubble.append(text);
  bubble.classList.toggle("wordless", !message.html);
  bubble.classList.toggle("bare", Boolean(message.photo) && !message.html);
  if (message.reactions?.length) bubble.append(reactions(message.reactions));
}

function quote(message, view) {
  const original = message.reply_to_message;
  const node = fromTemplate("quote");
  node.querySelector("b bdi").textContent = authorOf(original);
  node.querySelector("span bdi").textContent = message.quote?.text ?? previewOf(original);
  node.onclick = () => view.goTo(original.message_id);
  return node;
}

function details(message) {
  const moment = new Date(message.date * 1000);
  const time = element("time", { dateTime: moment.toISOString(), textContent: timeOf(moment) });
  const node = element("span", { className: "details", dir: "ltr" }, time);
  if (message.edit_date) node.prepend("edited ");
  return node;
}

function reactions(list) {
  const emoji = list.map((one) => element("span", { textContent: one }));
  const node = element("div", { className: "reactions", ariaLabel: "Reactions" }, ...emoji);
  node.setAttribute("role", "group");
  return node;
}

function keyboard(messageId, rows, view) {
  const node = element("div", { className: "keyboard" });
  for (const row of rows) {
    node.append(element("div", {}, ...row.map((button) => key(messageId, button, view))));
  }
  return node;
}

function key(messageId, button, view) {
  const node = element("button", { type: "button", textContent: button.text, dir: "auto" });
  if (["danger", "success", "primary"].includes(button.style)) node.classList.add(button.style);
  if (button.url || button.web_app) node.classList.add("outside");
  node.disabled = !view.tap || !(button.callback_data || button.url || button.copy_text || button.web_app);
  node.onclick = async () => {
    node.ariaBusy = "true";
    await view.tap(messageId, button);
    node.ariaBusy = "false";
  };
  return node;
}
