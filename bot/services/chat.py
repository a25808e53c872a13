"""An endpoint that speaks OpenAI's chat protocol: a language model on the host's machine, or at a provider's."""

import asyncio
import json
from collections.abc import AsyncIterator
from enum import StrEnum
from typing import Any

ANSWER_SECONDS = 60.0
MOST_BYTES = 2**20  # of an answer


class Trouble(StrEnum):
    """Why a service proposed nothing."""

    SLOW = "slow"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    NONSENSE = "nonsense"


class Unanswered(Exception):
    """No answer came, or none that can be used; the text says why, without the words that were sent."""

    def __init__(self, trouble: Trouble, cause: str) -> None:
        super().__init__(cause)
        self.trouble = trouble


class AnswerTooLong(ValueError):
    """An answer is longer than any that could be meant."""


class Endpoint:
    """One model behind one address; needs the extra `services`."""

    def __init__(self, url: str, key: str | None, model: str, *, answer_seconds: float = ANSWER_SECONDS) -> None:
        self._url, self._key, self.model = url, key or "none", model
        self._answer_seconds = answer_seconds

    async def ask(self, task: str, words: str, **options: Any) -> str:
        """What the model answers to `words`, given its `task`, with the protocol's other options; raises Unanswered."""
        try:
            import httpx  # noqa: PLC0415 - slow to import, and an extra
            import openai  # noqa: PLC0415 - as above
        except ImportError as error:
            raise Unanswered(Trouble.UNREACHABLE, "the package openai is not installed") from error
        try:
            async with asyncio.timeout(self._answer_seconds):
                return _said(json.loads(await self._exchange(task, words, options)))
        except (openai.APITimeoutError, TimeoutError) as error:
            raise Unanswered(Trouble.SLOW, type(error).__name__) from error
        except (openai.OpenAIError, httpx.HTTPError) as error:
            raise Unanswered(Trouble.UNREACHABLE, type(error).__name__) from error
        except ValueError as error:  # a page instead of JSON
            raise Unanswered(Trouble.NONSENSE, type(error).__name__) from error

    async def _exchange(self, task: str, words: str, options: dict[str, Any]) -> bytes:
        import openai  # noqa: PLC0415 - as above

        client = openai.AsyncOpenAI(
            base_url=self._url,
            api_key=self._key,
            timeout=self._answer_seconds,
            max_retries=0,
            # Elsewhere nobody agreed to members' words going, and the library would follow wherever it is sent.
            http_client=openai.DefaultAsyncHttpxClient(follow_redirects=False),
        )
        messages: list[Any] = [{"role": "system", "content": task}, {"role": "user", "content": words}]
        asked = client.chat.completions.with_streaming_response.create(
            model=self.model, messages=messages, temperature=0, **options
        )
        async with client, asked as answer:
            return await whole(answer.iter_bytes())


async def whole(pieces: AsyncIterator[bytes]) -> bytes:
    """An answer, put together from its pieces; raises AnswerTooLong."""
    body = bytearray()
    async for piece in pieces:
        body += piece
        if len(body) > MOST_BYTES:
            raise AnswerTooLong
    return bytes(body)


def _said(answer: Any) -> str:
    """The words of an answer; many that speak this protocol leave out what it demands."""
    choices = answer.get("choices") if isinstance(answer, dict) else None
    first = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}
    message = first.get("message")
    said = message if isinstance(message, dict) else {}
    if said.get("refusal") or first.get("finish_reason") == "content_filter":
        raise Unanswered(Trouble.REFUSED, "a refusal")
    content = said.get("content")
    if not isinstance(content, str) or not content.strip():
        raise Unanswered(Trouble.NONSENSE, "an answer without words")
    return content.strip()
