"""Tokens at rest are encrypted (Fernet) by keys that the host keeps elsewhere: the first of them encrypts, any of them decrypts.

The library is imported where it is needed: a host of one bot would have it in memory for nothing.
"""

from types import ModuleType
from typing import TYPE_CHECKING

from pydantic import SecretStr

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet


class NoKeys(Exception):
    """There is no key to encrypt by."""


class KeyLost(Exception):
    """None of the keys opens what was sealed."""


class NoLibrary(KeyLost):
    """What encrypts isn't installed: it is an extra, `bots`."""


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
        fernet = library()
        try:
            return self._box().decrypt(sealed.encode()).decode()
        except (NoKeys, fernet.InvalidToken):
            raise KeyLost from None

    def renew(self, sealed: str) -> str:
        """Encrypt anew by the first key what any of them opens; raises NoKeys, KeyLost."""
        fernet = library()
        try:
            return self._box().rotate(sealed.encode()).decode()
        except fernet.InvalidToken:
            raise KeyLost from None

    def _box(self) -> "MultiFernet":
        fernet = library()
        self.check()
        box: MultiFernet = fernet.MultiFernet([fernet.Fernet(key) for key in self._keys])
        return box


def new_key() -> str:
    """A key that nobody has yet."""
    key: bytes = library().Fernet.generate_key()
    return key.decode()


def library() -> ModuleType:
    """What encrypts; raises NoLibrary."""
    try:
        from cryptography import fernet  # noqa: PLC0415 - as above
    except ImportError:
        raise NoLibrary from None
    return fernet
