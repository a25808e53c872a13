"""An endpoint that speaks OpenAI's chat protocol: a language model on the host's machine, or at a provider's."""

from enum import StrEnum
from typing import Any

ANSWER_SECONDS = 60.0


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


class Endpoint:
    """One model behind one address; needs the extra `services`."""

    def __init__(self, url: str, key: str | None, model: str, *, answer_seconds: float = ANSWER_SECONDS) -> None:
        self._url, self._key, self.model = url, key or "none", model
        self._answer_seconds = answer_seconds

    async def ask(self, task: str, words: str, **options: Any) -> str:
        """What the model answers to `words`, given its `task`, with the protocol's other options; raises Unanswered."""
        try:
            import openai  # noqa: PLC0415 - slow to import, and an extra
        except ImportError as error:
            raise Unanswered(Trouble.UNREACHABLE, "the package openai is not installed") from error
        client = openai.AsyncOpenAI(
            base_url=self._url,
            api_key=self._key,
            timeout=self._answer_seconds,
            max_retries=0,
            # Elsewhere nobody agreed to members' words going, and the library would follow wherever it is sent.
            http_client=openai.DefaultAsyncHttpxClient(follow_redirects=False),
        )
        messages: list[Any] = [{"role": "system", "content": task}, {"role": "user", "content": words}]
        try:
            async with client:
                answer = await client.chat.completions.create(
                    model=self.model, messages=messages, temperature=0, **options
                )
        except openai.APITimeoutError as error:
            raise Unanswered(Trouble.SLOW, type(error).__name__) from error
        except openai.OpenAIError as error:
            raise Unanswered(Trouble.UNREACHABLE, type(error).__name__) from error
        except ValueError as error:  # a page instead of JSON
            raise Unanswered(Trouble.NONSENSE, type(error).__name__) from error
        return _said(answer)


def _said(answer: Any) -> str:
    """The words of an answer; many that speak this protocol leave out what it demands."""
    choices = getattr(answer, "choices", None)
    message = choices[0].message if choices else None
    if getattr(message, "refusal", None) or (choices and choices[0].finish_reason == "content_filter"):
        raise Unanswered(Trouble.REFUSED, "a refusal")
    content = getattr(message, "content", None)
    if not isinstance(content, str) or not content.strip():
        raise Unanswered(Trouble.NONSENSE, "an answer without words")
    return content.strip()
