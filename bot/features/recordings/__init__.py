"""Recordings of questions, and the concept note as a file: sent to the bot, named, taken away; and told of where Telegram refuses one."""
