// The virtual clock at the top: what time it is, how fast it runs, and the way to change that.

import { dayOf, timeOf } from "./page.js";
import { post } from "./server.js";

const PACES = {
  0: "Paused",
  1: "Real time",
  60: "A minute a second",
  3600: "An hour a second",
  10080: "A week a minute",
};

/** Connect the top bar; `complain(error)` shows what the sandbox refused. */
export function clockBar(complain) {
  const buttons = document.querySelectorAll("[data-speed]");
  const now = document.getElementById("now");
  const pace = document.getElementById("pace");

  const show = (clock) => {
    const moment = new Date(clock.now);
    now.dateTime = clock.now;
    now.textContent = `${dayOf(moment)}, ${timeOf(moment)} UTC`;
    const words = PACES[clock.speed] ?? `×${clock.speed}`;
    if (pace.textContent !== words) pace.textContent = words;
    for (const button of buttons) button.ariaPressed = String(Number(button.dataset.speed) === clock.speed);
  };
  const change = async (order) => {
    try {
      await post("clock", order);
    } catch (error) {
      complain(error);
    }
  };

  for (const button of buttons) button.onclick = () => change({ speed: Number(button.dataset.speed) });
  document.getElementById("next").onclick = () => change({ next: true });
  return { show };
}
