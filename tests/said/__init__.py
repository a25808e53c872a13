"""What every text says when given values: one table for each topic, read by the tests of all texts.

A table may define `words(t)` and `filled(t, v)` for Telegram's HTML, `plain_words(t)` and `plain_filled(t, v)` for plain
text; `v` is something a person, or an attacker, wrote.
"""
