// One message of a chat as a bubble: quote, media, text, time, reactions and the keyboard below.

import { attachment, labelOf } from "./attachment.js";
import { element, fromTemplate, timeOf } from "./page.js";
import { richText } from "./rich_text.js";

/**
 * The element for a Bot API message with `html` and `reactions` beside.
 *
 * `actions` says what a touch does: reply(message), edit(message), goTo(messageId), tap(messageId, button).
 */
export function messageElement(message, actions) {
  const service = serviceWords(message);
  if (service) return element("div", { className: "pill", dir: "auto", textContent: service });
  const node = fromTemplate("message");
  node.classList.add(isOwn(message) ? "out" : "in");
  fillBubble(node.querySelector(".bubble"), message, actions);
  node.querySelector(".reply").onclick = () => actions.reply(message);
  const edit = node.querySelector(".edit");
  edit.onclick = () => actions.edit(message);
  if (!isOwn(message) || message.text === undefined) edit.remove();
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (rows.length) node.append(keyboard(message.message_id, rows, actions));
  return node;
}

/** Whether the phone's owner sent the message. */
export const isOwn = (message) => !message.from?.is_bot;

/** The first words of a message, for a quote or a preview. */
export const previewOf = (message) => message.text ?? message.caption ?? labelOf(message) ?? "Message";

function serviceWords(message) {
  if (message.pinned_message) return `Pinned: ${previewOf(message.pinned_message)}`;
  return null;
}

function fillBubble(bubble, message, actions) {
  if (message.reply_to_message) bubble.append(quote(message, actions));
  const media = attachment(message);
  if (media) bubble.append(media);
  const text = element("div", { className: "text" });
  text.append(richText(message.html ?? ""), details(message));
  bubble.append(text);
  bubble.classList.toggle("wordless", !message.html);
  bubble.classList.toggle("bare", Boolean(message.photo) && !message.html);
  if (message.reactions?.length) bubble.append(reactions(message.reactions));
}

function quote(message, actions) {
  const original = message.reply_to_message;
  const node = fromTemplate("quote");
  node.querySelector("b bdi").textContent = original.from?.first_name ?? "Message";
  node.querySelector("span bdi").textContent = message.quote?.text ?? previewOf(original);
  node.onclick = () => actions.goTo(original.message_id);
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

function keyboard(messageId, rows, actions) {
  const node = element("div", { className: "keyboard" });
  for (const row of rows) {
    node.append(element("div", {}, ...row.map((button) => key(messageId, button, actions))));
  }
  return node;
}

function key(messageId, button, actions) {
  const node = element("button", { type: "button", textContent: button.text, dir: "auto" });
  if (["danger", "success", "primary"].includes(button.style)) node.classList.add(button.style);
  if (button.url) node.classList.add("outside");
  node.disabled = !(button.callback_data || button.url || button.copy_text);
  node.onclick = async () => {
    node.ariaBusy = "true";
    await actions.tap(messageId, button);
    node.ariaBusy = "false";
  };
  return node;
}
