"""Transactions as parts of a trace: one span each, with which kind of statement touched which table, and never a value."""

import re
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

from opentelemetry.trace import Span
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Session, SessionTransaction

KEY = "span of the transaction"
_WHAT = re.compile(r'\b(INSERT INTO|UPDATE|DELETE FROM|FROM)\s+"?(\w+)')
OTHER = "statement"


@dataclass
class _Told:
    """The span of a session's transaction, and what its connection carries, once it has one."""

    span: Span
    of_connection: MutableMapping[Any, Any] | None = None


class Transactions:
    """Listens to every session of the process; `begin` makes a span, or None where a transaction belongs to nothing that is told."""

    def __init__(self, begin: Callable[[], Span | None]) -> None:
        self._begin = begin
        self._listeners: tuple[tuple[Any, str, Callable[..., None]], ...] = (
            (Session, "after_transaction_create", self._on_created),
            (Session, "after_begin", self._on_begun),
            (Session, "after_commit", self._on_committed),
            (Session, "after_transaction_end", self._on_ended),
            (Engine, "before_cursor_execute", self._on_statement),
        )

    def listen(self) -> None:
        """From now on."""
        for target, name, listener in self._listeners:
            event.listen(target, name, listener)

    def stop(self) -> None:
        """Hear no more."""
        for target, name, listener in self._listeners:
            event.remove(target, name, listener)

    def _on_created(self, session: Session, transaction: SessionTransaction) -> None:
        if transaction.parent is None and (span := self._begin()) is not None:
            session.info[KEY] = _Told(span)

    def _on_begun(self, session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
        told = session.info.get(KEY)
        if isinstance(told, _Told):
            told.span.set_attribute("db.system.name", connection.dialect.name)
            # Several units share a connection one after the other: it carries the span of the one whose turn it is.
            told.of_connection = connection.info
            connection.info[KEY] = told.span

    def _on_committed(self, session: Session) -> None:
        told = session.info.get(KEY)
        if isinstance(told, _Told):
            told.span.set_attribute("committed", value=True)

    def _on_ended(self, session: Session, transaction: SessionTransaction) -> None:
        if transaction.parent is not None:
            return
        told = session.info.pop(KEY, None)
        if isinstance(told, _Told):
            if told.of_connection is not None:
                told.of_connection.pop(KEY, None)
            told.span.end()

    def _on_statement(self, connection: Connection, _cursor: object, statement: str, *_others: object) -> None:
        span = connection.info.get(KEY)
        if isinstance(span, Span):
            span.add_event(summary_of(statement))


def summary_of(statement: str) -> str:
    """What a statement does to which table: "UPDATE delivery"; no more of it is told, lest a value stands in its text."""
    found = _WHAT.search(statement)
    return f"{'SELECT' if found[1] == 'FROM' else found[1]} {found[2]}" if found else OTHER
