// Photos, voice notes and other files inside a bubble.

import { element, fromTemplate, lengthOf, sizeOf } from "./page.js";
import { fileAddress } from "./server.js";

const KINDS = {
  voice: "Voice note",
  audio: "Audio",
  animation: "Animation",
  video: "Video",
  video_note: "Video message",
  document: "File",
  sticker: "Sticker",
};

/** "Photo", "Voice note" and the like; undefined for a message of text alone. */
export function labelOf(message) {
  if (message.photo) return "Photo";
  const kind = kindOf(message);
  if (kind) return message[kind].file_name ?? KINDS[kind];
  if (message.contact) return "Contact";
  if (message.location) return "Location";
  if (message.poll) return `Poll: ${message.poll.question}`;
  return undefined;
}

/** The element that shows what is attached to a message, or null. */
export function attachment(message) {
  if (message.photo) return photo(message);
  const kind = kindOf(message);
  if (kind === "voice") return voice(message.voice);
  if (kind) return fileCard(kind, message[kind]);
  const { contact, location, poll } = message;
  if (contact) return card(`${contact.first_name} ${contact.last_name ?? ""}`, contact.phone_number);
  if (location) return card("Location", `${location.latitude}, ${location.longitude}`);
  if (poll) return card(poll.question, poll.options.map((option) => option.text).join(" · "));
  return null;
}

const kindOf = (message) => Object.keys(KINDS).find((kind) => message[kind]);

function photo(message) {
  const size = message.photo.reduce((largest, one) => (one.width > largest.width ? one : largest));
  const address = fileAddress(size.file_id);
  const { width, height } = size;
  const image = element("img", { src: address, alt: message.caption ?? "Photo", width, height });
  return element("a", { className: "photo", href: address, target: "_blank", rel: "noreferrer" }, image);
}

function fileCard(kind, file) {
  const facts = [KINDS[kind], file.duration && lengthOf(file.duration), file.file_size && sizeOf(file.file_size)];
  const node = card(file.file_name ?? file.title ?? KINDS[kind], facts.filter(Boolean).join(" · "));
  node.href = fileAddress(file.file_id);
  return node;
}

function card(title, facts) {
  const node = fromTemplate("card");
  node.querySelector("b").textContent = title;
  node.querySelector("small").textContent = facts;
  return node;
}

function voice(file) {
  const node = fromTemplate("voice");
  const play = node.querySelector(".play");
  node.querySelector("small").textContent = lengthOf(file.duration ?? 0);
  drawWave(node.querySelector(".wave"), file.file_id);
  const sound = new Audio();
  sound.preload = "none";
  sound.src = fileAddress(file.file_id);
  const show = () => {
    play.ariaPressed = String(!sound.paused);
    play.ariaLabel = sound.paused ? "Play" : "Stop";
  };
  sound.onplay = sound.onpause = sound.onended = show;
  play.onclick = () => (sound.paused ? sound.play().catch(() => node.classList.add("silent")) : sound.pause());
  return node;
}

const BARS = 30;

/** Bars of a made-up but steady height: the same file always looks the same. */
function drawWave(wave, seed) {
  let state = [...seed].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) >>> 0, 7);
  let path = "";
  for (let bar = 0; bar < BARS; bar += 1) {
    state = (state * 1664525 + 1013904223) >>> 0;
    const height = 3 + (state / 2 ** 32) * 15 * Math.sin(((bar + 2) / (BARS + 3)) * Math.PI);
    path += `M${bar * 4 + 2} ${12 - height / 2}v${height}`;
  }
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  wave.append(line);
}
