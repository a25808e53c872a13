// The lower edge of a phone: the text field, what it is about (a reply, an edit), and two small menus.

import { Field } from "./field.js";
import { element } from "./page.js";
import { previewOf } from "./message.js";
import { samplePhoto, sampleVoice } from "./samples.js";

const SAMPLES = { photo: samplePhoto, voice: sampleVoice };

export class Composer {
  #form;
  #field;
  #about;
  #chooser;
  #send;
  #subject = null; // {mode: "reply" | "edit", message}

  /** `send(path, body)` posts for this phone and answers whether the sandbox took it. */
  constructor(form, send) {
    this.#form = form;
    this.#send = send;
    this.#field = new Field(form, { submit: () => this.#submit(), cancel: () => this.#cancel() });
    this.#about = form.querySelector(".about");
    this.#chooser = form.querySelector("input[type=file]");
    this.#listenToMenus();
    this.#about.querySelector(".cancel").onclick = () => this.#cancel();
  }

  /** Name the text field and its menus after the phone's owner. */
  set owner(name) {
    this.#field.label = `Message from ${name}`;
  }

  /** Fill the command menu: a list of {command, description}. */
  set commands(list) {
    const items = list.map(({ command, description }) => {
      const words = element("span", {}, element("bdi", {}, description));
      const item = element("button", { type: "button" }, element("b", {}, `/${command}`), words);
      item.onclick = () => this.#sendCommand(command);
      return item;
    });
    this.#form.querySelector(".commands").replaceChildren(...items);
    this.#form.querySelector(".slash").hidden = list.length === 0;
  }

  /** Let the next text be a reply to this message. */
  reply(message) {
    this.#take({ mode: "reply", message }, `Reply to ${message.from?.first_name ?? "a message"}`);
  }

  /** Let the next text replace this message's. */
  edit(message) {
    this.#take({ mode: "edit", message }, "Edit");
    this.#field.words = message.text;
  }

  #take(subject, title) {
    this.#subject = subject;
    this.#about.hidden = false;
    this.#about.querySelector("b bdi").textContent = title;
    this.#about.querySelector("span bdi").textContent = previewOf(subject.message);
    this.#field.focus();
  }

  #cancel() {
    if (this.#subject?.mode === "edit") this.#field.words = "";
    this.#subject = null;
    this.#about.hidden = true;
    this.#field.focus();
  }

  async #submit() {
    const text = this.#field.words;
    if (!text) return;
    const { mode, message } = this.#subject ?? {};
    const isTaken = mode === "edit"
      ? await this.#send("edit", { message_id: message.message_id, text })
      : await this.#send("text", { text, ...(mode === "reply" && { reply_to: message.message_id }) });
    if (!isTaken) return;
    this.#field.words = "";
    this.#cancel();
  }

  #sendCommand(command) {
    this.#closeMenus();
    this.#send("text", { text: `/${command}` });
  }

  #listenToMenus() {
    for (const [button, menu] of this.#menus()) button.onclick = () => this.#toggle(button, menu);
    this.#form.addEventListener("keydown", (event) => event.key === "Escape" && this.#closeMenus());
    document.addEventListener("pointerdown", (event) => {
      if (!event.target.closest(".menu, .slash, .attach") || !this.#form.contains(event.target)) this.#closeMenus();
    });
    for (const item of this.#form.querySelectorAll(".attachments button")) {
      item.onclick = () => (item.dataset.sample ? this.#attachSample(item.dataset.sample) : this.#choose(item.dataset));
    }
    this.#chooser.onchange = () => this.#attachChosen();
  }

  #menus() {
    const find = (selector) => this.#form.querySelector(selector);
    return [
      [find(".slash"), find(".commands")],
      [find(".attach"), find(".attachments")],
    ];
  }

  #toggle(button, menu) {
    const opens = menu.hidden;
    this.#closeMenus();
    menu.hidden = !opens;
    button.ariaExpanded = String(opens);
    if (opens) menu.querySelector("button")?.focus();
  }

  #closeMenus() {
    for (const [button, menu] of this.#menus()) {
      if (menu.contains(document.activeElement)) button.focus();
      menu.hidden = true;
      button.ariaExpanded = "false";
    }
  }

  async #attachSample(kind) {
    this.#closeMenus();
    await this.#attach(kind, await SAMPLES[kind]());
  }

  #choose({ choose, accept }) {
    this.#closeMenus();
    this.#chooser.accept = accept ?? "";
    this.#chooser.dataset.kind = choose;
    this.#chooser.click();
  }

  async #attachChosen() {
    const [file] = this.#chooser.files;
    if (file) await this.#attach(this.#chooser.dataset.kind, file);
    this.#chooser.value = "";
  }

  /** Send a file; words in the text field become its caption. */
  async #attach(kind, file) {
    const body = new FormData();
    body.append("kind", kind);
    body.append("caption", this.#subject ? "" : this.#field.words);
    body.append("file", file);
    if (!(await this.#send("file", body)) || this.#subject) return;
    this.#field.words = "";
  }
}
