// The page: several phones side by side, kept up to date by the sandbox's events.

import { clockBar } from "./clock.js";
import { notify } from "./page.js";
import { People } from "./people.js";
import { Phone } from "./phone.js";
import { fetchState, listen } from "./server.js";

const notices = document.getElementById("notices");
const connection = document.getElementById("connection");
const complain = (error) => notify(notices, error.message, "error");

const phones = new Map(); // user_id -> Phone
const people = new People(document.getElementById("people"), document.getElementById("phones"));
const clock = clockBar(complain);
let waiting = null; // events that came while the state is being fetched

const HANDLERS = {
  message: (phone, { message }) => phone.put(message),
  edited: (phone, { message }) => phone.put(message),
  deleted: (phone, { message_id: id }) => phone.remove(id),
  reaction: (phone, { message_id: id, reactions }) => phone.react(id, reactions),
  alert: (phone, { text }) => phone.alert(text),
  blocked: (phone, { blocked }) => (phone.blocked = blocked),
  commands: (phone, { commands }) => (phone.commands = commands),
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

function showState({ clock: time, bot, phones: list }) {
  clock.show(time);
  document.getElementById("bot").textContent = `@${bot.username}`;
  for (const person of list.filter((one) => !phones.has(one.user_id))) {
    const phone = new Phone(person, bot.username);
    phones.set(person.user_id, phone);
    people.add(person, phone.node);
  }
  const present = new Set(list.map((person) => person.user_id));
  for (const [userId, phone] of phones) {
    if (present.has(userId)) continue;
    people.remove(userId, phone.node);
    phones.delete(userId);
  }
  for (const person of list) phones.get(person.user_id).show(person);
}

function apply(event) {
  if (event.type === "clock") return clock.show(event.clock);
  if (!event.user_id) return; // a group's: no phone shows it
  const phone = phones.get(event.user_id);
  if (!phone) return refresh();
  HANDLERS[event.type]?.(phone, event);
  if (event.type === "message") people.mark(event.user_id);
}

listen({
  onOpen: refresh,
  onEvent: (event) => (waiting ? waiting.push(event) : apply(event)),
  onLost: () => (connection.hidden = false),
});
