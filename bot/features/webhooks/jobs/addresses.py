"""To which addresses a webhook may go (SSRF): public ones, or those of the private network that the host names."""

import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

from bot.models import Setback

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last four bytes are an address of IPv4


class NotAllowed(OSError):
    """An address where nothing may go."""


class Doorkeeper:
    """Makes the sockets for one address as written, once it is known to which address of the network each will connect.

    A name may lead elsewhere at each look (DNS rebinding): it is the address that is connected to which is judged. What was refused, and
    why, is in `refused`.
    """

    def __init__(self, to_private: Sequence[Network], *, in_clear: bool) -> None:
        self._to_private, self._in_clear = to_private, in_clear
        self.refused: Setback | None = None

    def make(self, info: tuple[Any, ...]) -> socket.socket:
        """A socket for one address, as getaddrinfo gives it; raises NotAllowed."""
        family, kind, protocol, _, target = info
        self.refused = self.judge(str(target[0]))
        if self.refused is not None:
            raise NotAllowed(self.refused)
        return socket.socket(family, kind, protocol)

    def judge(self, target: str) -> Setback | None:
        """Why nothing may go to an address of the network; None if it may."""
        address = _meant(ip_address(target.partition("%")[0]))
        if any(address in network for network in self._to_private):
            return None
        if not address.is_global or address.is_multicast:
            return Setback.PRIVATE
        return Setback.IN_CLEAR if self._in_clear else None


def _meant(address: Address) -> Address:
    """The address of IPv4 that one of IPv6 stands for, if it does."""
    if isinstance(address, IPv4Address):
        return address
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address
