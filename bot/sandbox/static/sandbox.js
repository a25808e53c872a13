// The page: several phones, and the groups, side by side, kept up to date by the sandbox's events.

import { clockBar } from "./clock.js";
import { Group } from "./group.js";
import { showHint } from "./hint.js";
import { notify } from "./page.js";
import { People } from "./people.js";
import { Phone } from "./phone.js";
import { fetchState, listen } from "./server.js";

const notices = document.getElementById("notices");
const connection = document.getElementById("connection");
const complain = (error) => notify(notices, error.message, "error");

const shown = new Map(); // id of the person or group -> Phone or Group
const people = new People(document.getElementById("people"), document.getElementById("phones"));
const clock = clockBar(complain);
let waiting = null; // events that came while the state is being fetched

const HANDLERS = {
  message: (place, { message }) => place.put(message),
  edited: (place, { message }) => place.put(message),
  deleted: (place, { message_id: id }) => place.remove(id),
  reaction: (place, { message_id: id, reactions }) => place.react(id, reactions),
  alert: (place, { text }) => place.alert(text),
  blocked: (place, { blocked }) => (place.blocked = blocked),
  commands: (place, { commands }) => (place.commands = commands),
};

/** Fetch everything anew; events that come meanwhile are kept and applied after. */
async function refresh() {
  waiting ??= [];
  try {
    showState(await fetchState());
    connection.hidden = true;
  } catch (error) {
    complain(error);
  }
  const kept = waiting ?? [];
  waiting = null;
  kept.forEach(apply);
}

function showState({ clock: time, bot, phones, groups }) {
  clock.show(time);
  document.getElementById("bot").textContent = `@${bot.username}`;
  if (phones.length) showHint(phones[0].first_name);
  const present = new Map();
  for (const phone of phones) present.set(phone.user_id, [phone, phone.first_name, () => new Phone(phone, bot.username)]);
  for (const group of groups) present.set(group.chat_id, [group, group.title, () => new Group(group)]);
  for (const [id, gone] of shown) {
    if (present.has(id)) continue;
    people.remove(id, gone.node);
    shown.delete(id);
  }
  for (const [id, [state, name, make]] of present) {
    if (!shown.has(id)) {
      shown.set(id, make());
      people.add(id, name, shown.get(id).node);
    }
    shown.get(id).show(state);
  }
}

function apply(event) {
  if (event.type === "clock") return clock.show(event.clock);
  const id = event.user_id ?? event.chat_id;
  if (id === undefined) return;
  const place = shown.get(id);
  if (!place || changesPlace(event)) return refresh();
  HANDLERS[event.type]?.(place, event);
  if (event.type === "message") people.mark(id);
}

/** Whether a group looks different after this: its topics, its people, its id. */
function changesPlace({ chat_id: chatId, message }) {
  const signs = ["forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened"];
  signs.push("new_chat_members", "left_chat_member", "migrate_to_chat_id");
  return chatId !== undefined && message !== undefined && signs.some((sign) => message[sign] !== undefined);
}

listen({
  onOpen: refresh,
  onEvent: (event) => (waiting ? waiting.push(event) : apply(event)),
  onLost: () => (connection.hidden = false),
});
