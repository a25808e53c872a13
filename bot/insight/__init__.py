"""What can be learnt from texts: their language, what they have in common, which speaks for many; nothing is stored here."""
