"""Whether what somebody said is short, in words or, where a script has no spaces, in what stands for words there."""

import re

SHORT = 15  # words: a sentence; what has more says a reason or an example too
# Scripts written without spaces between words, with the letters that make a word on average.
_PER_WORD = {
    r"[\u3400-\u9fff\U00020000-\U0003ffff\u3040-\u30ff]": 2,  # Han, and Japanese in all its scripts
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]": 5,  # Thai, Lao, Burmese, Khmer
}
_UNSPACED = [(re.compile(letters), count) for letters, count in _PER_WORD.items()]


def words(text: str) -> int:
    """About how many words a text has, whatever its script."""
    counted = 0
    for letters, per_word in _UNSPACED:
        text, found = letters.subn(" ", text)
        counted += -(-found // per_word)
    return counted + sum(any(map(str.isalnum, word)) for word in text.split())


def is_short(text: str) -> bool:
    """Whether a text has a sentence's length at most."""
    return words(text) <= SHORT
