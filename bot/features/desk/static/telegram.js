// The desk inside Telegram (Mini App): what Telegram signed (initData, behind the # of the address) goes to the bot once; light or dark is as Telegram is.
"use strict";

const given = new URLSearchParams(location.hash.slice(1));
const signed = given.get("tgWebAppData");

// What Telegram's apps listen to, each in its way: https://core.telegram.org/api/web-events
function tell(event, data = {}) {
  const parent = window.parent === window ? null : window.parent;
  if (window.TelegramWebviewProxy) window.TelegramWebviewProxy.postEvent(event, JSON.stringify(data));
  else parent?.postMessage(JSON.stringify({ eventType: event, eventData: data }), "https://web.telegram.org");
}

// Light or dark, by the colour behind Telegram's own words; "" where it says none.
function theme(colours) {
  const [, ...parts] = /"bg_color":"#(..)(..)(..)"/.exec(colours ?? "") ?? [];
  const [red, green, blue] = parts.map((part) => Number.parseInt(part, 16));
  if (!parts.length) return "";
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128 ? "dark" : "light";
}

if (signed) {
  const form = document.forms[0];
  document.getElementById("opening").hidden = false;
  document.getElementById("elsewhere").hidden = true;
  form.elements.signed.value = signed;
  form.elements.theme.value = theme(given.get("tgWebAppThemeParams"));
  tell("web_app_ready");
  tell("web_app_expand");
  form.submit(); // before the page has loaded, so that nothing of this stays in the history
}
