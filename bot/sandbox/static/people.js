// The row of phones and groups, and the row of names above it that leads to each.

import { element } from "./page.js";

export class People {
  #nav;
  #row;
  #tabs = new Map(); // id of the person or group -> button
  #seen = new IntersectionObserver((entries) => entries.forEach((entry) => this.#look(entry)), { threshold: 0.6 });
  #fit = new ResizeObserver(() => this.#hideWhenAllFit());

  constructor(nav, row) {
    this.#nav = nav;
    this.#row = row;
    this.#fit.observe(row);
  }

  /** Place a phone, or a group, at the end of the row. */
  add(id, name, node) {
    const tint = `tint-${this.#tabs.size % 8}`;
    const avatar = element("span", { className: "avatar", ariaHidden: "true" }, [...name][0] ?? "?");
    const tab = element("button", { type: "button", className: tint }, avatar, element("bdi", {}, name));
    tab.onclick = () => node.scrollIntoView({ inline: "center", block: "nearest" });
    node.classList.add(tint);
    this.#tabs.set(id, tab);
    this.#nav.append(tab);
    this.#row.append(node);
    node.tab = tab;
    this.#seen.observe(node);
    this.#hideWhenAllFit();
  }

  /** Take it and its name away. */
  remove(id, node) {
    this.#seen.unobserve(node);
    node.remove();
    this.#tabs.get(id).remove();
    this.#tabs.delete(id);
    this.#hideWhenAllFit();
  }

  /** Note that a message came: the name of what is out of sight gets a dot. */
  mark(id) {
    const tab = this.#tabs.get(id);
    if (!tab.classList.contains("seen")) tab.classList.add("unread");
  }

  #hideWhenAllFit() {
    this.#nav.hidden = this.#row.scrollWidth <= this.#row.clientWidth;
  }

  #look({ target, isIntersecting }) {
    target.tab.classList.toggle("seen", isIntersecting);
    if (isIntersecting) target.tab.classList.remove("unread");
  }
}
