// The loom: what is pasted with links becomes Markdown, rows are dragged or moved by keys, boxes keep what wasn't sent. All else works without.
const schemes = () => document.querySelector("[data-schemes]").dataset.schemes.split(" ");

// Pasting: the clipboard's HTML is parsed, never shown; of it stay words, links, bold, italics and, where there may be lines, lists.

const escaped = (text) => text.replace(/[\\*_`[\]]/g, "\\$&");
const BLOCKS = new Set("ADDRESS ARTICLE BLOCKQUOTE DIV DL DD DT FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER LI MAIN OL P PRE SECTION TABLE TR UL".split(" "));
const UNSEEN = new Set("HEAD IFRAME NOSCRIPT OBJECT SCRIPT STYLE TEMPLATE TITLE".split(" "));

// The page's policy takes no styles, not even in what is only parsed: they are read as words.
const unstyled = (html) => html.replace(/<style[^]*?<\/style>/gi, "").replace(/<[^>]+>/g, (tag) => tag.replace(/\sstyle\s*=/i, " data-style="));
const styled = (node, words) => words.test(node.dataset.style ?? "");
const heavy = (node) => /^(B|STRONG)$/.test(node.tagName) ? !styled(node, /font-weight:\s*(normal|[1-5]00)/i) : styled(node, /font-weight:\s*(bold|[6-9]00)/i);
const slanted = (node) => /^(I|EM)$/.test(node.tagName) ? !styled(node, /font-style:\s*normal/i) : styled(node, /font-style:\s*italic/i);

// Marks stand next to the words: "** words**" marks nothing.
function around(text, sign) {
  const [, before, words, after] = text.match(/^(\s*)([^]*?)(\s*)$/);
  return words && !words.includes("\n") ? before + sign + words + sign + after : text;
}

function linked(node, text) {
  const address = node.getAttribute("href")?.trim() ?? "";
  const leads = schemes().includes(address.split(":")[0].toLowerCase()) && address.includes(":");
  const words = text.replace(/\s+/g, " ").trim();
  if (!leads || !words) return text;
  // Between angle brackets an address may hold parentheses.
  return `[${words}](<${address.replace(/[<>\s]/g, encodeURIComponent)}>)`;
}

function item(node, lines) {
  if (!lines) return "";
  const list = node.parentElement;
  if (list?.tagName !== "OL") return "- ";
  return `${[...list.children].filter((each) => each.tagName === "LI").indexOf(node) + 1}. `;
}

function markdown(node, lines) {
  if (node.nodeType === Node.TEXT_NODE) return escaped(node.data.replace(/\s+/g, " "));
  if (node.nodeType !== Node.ELEMENT_NODE || UNSEEN.has(node.tagName)) return "";
  if (node.tagName === "BR") return "\n";
  let text = [...node.childNodes].map((child) => markdown(child, lines)).join("");
  if (!BLOCKS.has(node.tagName)) {
    if (node.tagName === "A") return linked(node, text);
    if (heavy(node)) return around(text, "**");
    return slanted(node) ? around(text, "*") : text;
  }
  text = text.trim();
  if (node.tagName === "LI") return `\n${item(node, lines)}${text.replace(/\n+/g, " ")}\n`;
  if (lines && /^H[1-6]$/.test(node.tagName)) return `\n\n### ${text}\n\n`;
  return `\n\n${text}\n\n`;
}

function rich(body, lines) {
  const text = markdown(body, lines).replace(/[ \t]*\n[ \t]*/g, "\n").replace(/\n{3,}/g, "\n\n");
  return text.replace(/^((?:-|\d+\.) .*)\n\n(?=(?:-|\d+\.) )/gm, "$1\n").trim();
}

document.addEventListener("paste", (event) => {
  const box = event.target.closest?.("textarea[data-rich]");
  const html = event.clipboardData?.getData("text/html");
  if (!box || !html) return;
  const { body } = new DOMParser().parseFromString(unstyled(html), "text/html");
  if (!body.querySelector("a[href], b, strong, i, em, li, [data-style*=font-weight], [data-style*=italic]")) return; // plain words go in as they are
  event.preventDefault();
  // By a command, so that it can be undone.
  document.execCommand("insertText", false, rich(body, "lines" in box.dataset));
});

// Moving: by the grip (mouse, pen or finger), by its arrow keys, or by the buttons; rows stay as they are, with what is being written in them.

const rowsOf = (row) => [...row.parentElement.children];

function put(row, before) {
  row.parentElement.insertBefore(row, before);
}

async function keep(row) {
  const { place, key } = row.querySelector(".grip").dataset;
  const values = { key, before: row.nextElementSibling?.dataset.point ?? "" };
  await htmx.ajax("POST", place, { source: row, target: "#said", swap: "innerHTML", values });
}

function step(row, by) {
  const rows = rowsOf(row);
  const to = rows.indexOf(row) + by;
  if (to < 0 || to >= rows.length) return;
  put(row, by < 0 ? rows[to] : rows[to].nextElementSibling);
  keep(row);
}

document.addEventListener("submit", (event) => {
  const by = event.target.dataset?.step;
  if (!by) return;
  event.preventDefault();
  step(event.target.closest("li"), Number(by));
  event.submitter?.focus();
});

document.addEventListener("keydown", (event) => {
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (event.target.matches?.(".grip") && by) {
    event.preventDefault();
    step(event.target.closest("li"), by);
    event.target.focus();
  }
  const form = event.target.closest?.("form.writing, form.new");
  if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  if (form && event.key === "Escape" && form.elements.text.value === form.elements.text.defaultValue) form.querySelector("[data-cancel]")?.click();
});

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest?.(".grip");
  if (!grip || event.button) return;
  const row = grip.closest("li");
  const next = row.nextElementSibling;
  event.preventDefault();
  grip.focus();
  row.classList.add("held");
  const follow = ({ clientY }) => {
    const middle = (other) => { const { top, height } = other.getBoundingClientRect(); return top + height / 2; };
    const after = rowsOf(row).filter((other) => other !== row).find((other) => clientY < middle(other)) ?? null;
    if (after !== row.nextElementSibling) put(row, after);
  };
  const end = ({ type }) => {
    for (const [name, listener] of listeners) document.removeEventListener(name, listener);
    row.classList.remove("held");
    if (type === "pointercancel") put(row, next);
    else if (row.nextElementSibling !== next) keep(row);
  };
  // At the document: the grip loses the pointer when its row is put elsewhere.
  const listeners = [["pointermove", follow], ["pointerup", end], ["pointercancel", end]];
  for (const [name, listener] of listeners) document.addEventListener(name, listener);
});

// What is written and not kept: nobody leaves the page by mistake.

const unkept = (within = document) => [...within.querySelectorAll("form.writing textarea, form.new textarea")].some((box) => !box.readOnly && box.value !== box.defaultValue);
let leaves = false;
document.addEventListener("submit", (event) => { leaves = !event.defaultPrevented && !event.target.hasAttribute("hx-post"); });
addEventListener("beforeunload", (event) => { if (!leaves && unkept()) event.preventDefault(); });

// What others do to the rows is asked for now and then, and shown when one likes. What is being written stays as it is, and the cursor in it.

const news = document.getElementById("news");
const points = () => [...document.querySelectorAll("[data-point]")];
let ended = false; // the session: to be told so once is enough

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (!news?.contains(detail.elt)) return;
  detail.parameters.seen = points().map((row) => row.dataset.point).join(",");
  detail.parameters.told = news.querySelector("[data-told]")?.dataset.told ?? "";
});

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.elt === news && (ended || document.hidden || document.querySelector(".held"))) event.preventDefault();
});

document.addEventListener("htmx:afterRequest", ({ detail }) => { ended = detail.xhr.status === 401; });

function leave(row) {
  if (!unkept(row)) return row.remove();
  const note = document.createElement("p");
  note.className = "warn";
  note.textContent = news.dataset.gone;
  row.prepend(note);
}

function arrange(order) {
  const places = new Map(order.map((id, at) => [String(id), at]));
  const writing = document.activeElement?.closest("[data-point]");
  points().filter((row) => !places.has(row.dataset.point)).forEach(leave);
  for (const list of document.querySelectorAll(".rows")) {
    const rows = [...list.children].filter((row) => places.has(row.dataset.point)).sort((a, b) => places.get(a.dataset.point) - places.get(b.dataset.point));
    const fixed = rows.indexOf(writing); // what is moved loses the cursor
    rows.forEach((row, at) => { if (at !== fixed) list.insertBefore(row, at < fixed ? writing : null); });
  }
}

document.addEventListener("arranged", ({ detail }) => {
  arrange(detail.order);
  if (document.activeElement === document.body) document.querySelector(".threads").focus({ preventScroll: true }); // the button is gone
});

// What belongs to a row is folded again by what unfolded it.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[aria-controls]");
  const more = link && document.getElementById(link.getAttribute("aria-controls"));
  if (!more?.hasChildNodes()) return;
  event.preventDefault();
  event.stopPropagation();
  more.replaceChildren();
  link.setAttribute("aria-expanded", "false");
}, true);

// What had the focus is gone once it was kept: one goes on where it was.
function goOn(root) {
  if (document.activeElement !== document.body) return;
  if (root.matches?.(".wording")) root.parentElement.querySelector(".change").focus();
  if (root.matches?.("form.new")) root.elements.text.focus();
}

function begin(root) {
  for (const grip of root.querySelectorAll(".grip[hidden]")) grip.hidden = false;
  if (root.matches?.(".more")) document.querySelector(`[aria-controls="${root.parentElement.id}"]`)?.setAttribute("aria-expanded", "true");
  root.querySelector("form.writing textarea")?.focus();
  goOn(root);
}

document.addEventListener("htmx:load", ({ detail: { elt } }) => begin(elt));
begin(document);
