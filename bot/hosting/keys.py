"""Tokens at rest are encrypted (Fernet) by keys that the host keeps elsewhere: the first of them encrypts, any of them decrypts.

The library is imported where it is needed: a host of one bot would have it in memory for nothing.
"""

from typing import TYPE_CHECKING

from pydantic import SecretStr

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet


class NoKeys(Exception):
    """There is no key to encrypt by."""


class KeyLost(Exception):
    """None of the keys opens what was sealed."""


class Keys:
    """The keys as the setting has them, parted by commas."""

    def __init__(self, keys: SecretStr | None) -> None:
        self._keys = [part.strip() for part in keys.get_secret_value().split(",")] if keys else []

    def check(self) -> None:
        """Raise NoKeys where there is none."""
        if not self._keys:
            raise NoKeys

    def seal(self, words: str) -> str:
        """Encrypt by the first key; raises NoKeys."""
        return self._box().encrypt(words.encode()).decode()

    def open(self, sealed: str) -> str:
        """Decrypt; raises KeyLost, also where there is no key at all."""
        from cryptography.fernet import InvalidToken  # noqa: PLC0415 - as above

        try:
            return self._box().decrypt(sealed.encode()).decode()
        except (NoKeys, InvalidToken):
            raise KeyLost from None

    def renew(self, sealed: str) -> str:
        """Encrypt anew by the first key what any of them opens; raises NoKeys, KeyLost."""
        from cryptography.fernet import InvalidToken  # noqa: PLC0415 - as above

        try:
            return self._box().rotate(sealed.encode()).decode()
        except InvalidToken:
            raise KeyLost from None

    def _box(self) -> "MultiFernet":
        from cryptography.fernet import Fernet, MultiFernet  # noqa: PLC0415 - as above

        self.check()
        return MultiFernet([Fernet(key) for key in self._keys])


def new_key() -> str:
    """A key that nobody has yet."""
    from cryptography.fernet import Fernet  # noqa: PLC0415 - as above

    return Fernet.generate_key().decode()
