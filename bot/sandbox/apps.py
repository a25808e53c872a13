"""Mini Apps as Telegram opens them: what it signs of who opens one (initData), and its colours, behind the # of the address."""

import hashlib
import hmac
import json
from urllib.parse import quote, urlencode

from bot.sandbox.chats import Json

COLOURS = {
    False: {"bg_color": "#ffffff", "text_color": "#000000", "secondary_bg_color": "#f1f1f1"},
    True: {"bg_color": "#17212b", "text_color": "#f5f5f5", "secondary_bg_color": "#232e3c"},
}
"""themeParams of a light and of a dark Telegram."""


def address(url: str, user: Json, *, token: str, query_id: str, date: int, dark: bool = False) -> str:
    """Where an app opens Telegram's browser, once someone has pressed a button with a Mini App's `url`; `date` in Unix seconds.

    https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app
    """
    given = {
        "query_id": query_id,
        "user": json.dumps(user | {"allows_write_to_pm": True}, ensure_ascii=False, separators=(",", ":")),
        "auth_date": str(date),
        "signature": "c2FuZGJveA",  # for third parties, who don't have the token
    }
    lines = "\n".join(f"{name}={given[name]}" for name in sorted(given))
    key = hmac.digest(b"WebAppData", token.encode(), hashlib.sha256)
    given["hash"] = hmac.digest(key, lines.encode(), hashlib.sha256).hex()
    behind = {
        "tgWebAppData": urlencode(given, quote_via=quote),
        "tgWebAppVersion": "9.1",
        "tgWebAppPlatform": "tdesktop",
        "tgWebAppThemeParams": json.dumps(COLOURS[dark], separators=(",", ":")),
    }
    return f"{url}#{urlencode(behind, quote_via=quote)}"
