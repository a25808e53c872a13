// What the page asks of the sandbox's control API.

/** Post JSON or a FormData; throws an Error with the server's reason when it refuses. */
export async function post(path, body) {
  const isForm = body instanceof FormData;
  const response = await fetch(`/control/${path}`, {
    method: "POST",
    headers: isForm ? {} : { "Content-Type": "application/json" },
    body: isForm ? body : JSON.stringify(body ?? {}),
  }).catch(() => {
    throw new Error("The sandbox does not answer.");
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `The sandbox answered ${response.status}.`);
  return answer;
}

/** The whole state: clock, bot, and every phone with its messages. */
export async function fetchState() {
  const response = await fetch("/control/state", { cache: "no-store" });
  if (!response.ok) throw new Error(`The sandbox answered ${response.status}.`);
  return response.json();
}

/** Where a file of a message can be read. */
export const fileAddress = (fileId) => `/control/file/${encodeURIComponent(fileId)}`;

/**
 * Keep a stream of events open for as long as the page lives.
 *
 * `onOpen` is called after each (re)connection, `onEvent` with each parsed event, `onLost` when the
 * stream breaks. A browser gives up for good after an HTTP error, so a closed stream is opened anew.
 */
export function listen({ onOpen, onEvent, onLost }) {
  const stream = new EventSource("/control/events");
  stream.onopen = onOpen;
  stream.onmessage = ({ data }) => onEvent(JSON.parse(data));
  stream.onerror = () => {
    onLost();
    if (stream.readyState !== EventSource.CLOSED) return;
    setTimeout(() => listen({ onOpen, onEvent, onLost }), 1000);
  };
}
