"""Which dialogue is meant."""


class NoSuchDialogue(Exception):
    """There is no dialogue of this name."""
