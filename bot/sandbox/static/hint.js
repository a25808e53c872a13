// One line for who sees the page for the first time: who they are here, and what to do.

const READ = "hint-read"; // remembered by the browser once it was taken away

const hint = document.getElementById("hint");
hint.querySelector("button").onclick = () => {
  hint.hidden = true;
  localStorage.setItem(READ, "yes");
};

/** Show the line, unless it was taken away before; `name` is whose phone comes first. */
export function showHint(name) {
  hint.querySelector("p").textContent =
    `You are all of these people. Write as ${name}, press any button, or let “Next event” bring what comes next.`;
  hint.hidden = localStorage.getItem(READ) !== null;
}
