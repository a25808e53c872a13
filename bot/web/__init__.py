"""The edge to the web: Telegram brings updates, and whoever watches over the bot asks how it is."""
