import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.services.chat import Endpoint, Trouble, Unanswered
from bot.services.translation import ChatModel, DeepL, LibreTranslate, ServiceFailed, TranslationService, chosen
from bot.settings import BadSetting, load


class Provider:
    """A local server that speaks the protocols of all three services, and remembers what it was sent."""

    def __init__(self) -> None:
        self.heard: list[tuple[dict[str, str], dict[str, Any]]] = []
        self.status = 200
        self.answer: Any = None
        self.pause = 0.0

    async def _hear(self, request: web.Request) -> web.Response | None:
        self.heard.append((dict(request.headers), await request.json()))
        if self.status != 200:
            return web.json_response({"error": "no"}, status=self.status)
        if self.answer is not None:
            return web.json_response(self.answer)
        return None

    async def _drip(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        await response.prepare(request)
        for _ in range(10):
            await response.write(b" ")
            await asyncio.sleep(self.pause)
        return response

    async def libre(self, request: web.Request) -> web.Response:
        said = await self._hear(request)
        return said or web.json_response({"translatedText": "Nadie pregunta."})

    async def deepl(self, request: web.Request) -> web.Response:
        said = await self._hear(request)
        return said or web.json_response({"translations": [{"text": "Nadie pregunta."}]})

    async def chat(self, request: web.Request) -> web.StreamResponse:
        said = await self._hear(request)
        if self.pause:
            return await self._drip(request)
        message = {"role": "assistant", "content": "Nadie pregunta."}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        answer = {"id": "1", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice]}
        return said or web.json_response(answer)


@pytest.fixture
def provider() -> Provider:
    return Provider()


@pytest.fixture
async def url(provider: Provider) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/translate", provider.libre)
    app.router.add_post("/v2/translate", provider.deepl)
    app.router.add_post("/v1/chat/completions", provider.chat)
    async with TestServer(app) as server:
        yield str(server.make_url("")).rstrip("/")


def service_of(kind: str, url: str) -> TranslationService:
    services: dict[str, TranslationService] = {
        "libretranslate": LibreTranslate(url, "key"),
        "deepl": DeepL(url, "key"),
        "openai": ChatModel(f"{url}/v1", "key", "small"),
    }
    return services[kind]


KINDS = ("libretranslate", "deepl", "openai")


@pytest.mark.parametrize("kind", KINDS)
async def test_a_service_gives_the_text_in_the_other_language(kind: str, url: str, provider: Provider) -> None:
    text = await service_of(kind, url).translate("Nobody asks.", source="en", into="es")

    assert text == "Nadie pregunta."
    assert "Nobody asks." in str(provider.heard[0][1])


async def test_each_service_is_told_languages_and_key_as_it_wants_them(url: str, provider: Provider) -> None:
    for kind in KINDS:
        await service_of(kind, url).translate("有人问吗？", source="zh-Hans", into="en")

    (_, libre), (deepl_headers, deepl), (chat_headers, chat) = provider.heard
    assert (libre["source"], libre["target"], libre["api_key"]) == ("zh-Hans", "en", "key")
    assert (deepl["source_lang"], deepl["target_lang"]) == ("ZH", "EN-GB")
    assert deepl_headers["Authorization"] == "DeepL-Auth-Key key"
    assert chat_headers["Authorization"] == "Bearer key"
    assert " to English" in chat["messages"][0]["content"]


@pytest.mark.parametrize("kind", KINDS)
async def test_a_service_that_refuses_is_a_failure_that_repeats_no_ones_words(
    kind: str, url: str, provider: Provider
) -> None:
    provider.status = 400

    with pytest.raises(ServiceFailed) as failed:
        await service_of(kind, url).translate("My boss threatens me.", source="en", into="es")

    assert "boss" not in str(failed.value)


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("libretranslate", {"translatedText": ""}),
        ("libretranslate", ["what"]),
        ("deepl", {"translations": []}),
        ("deepl", {"translations": ["what"]}),
        ("openai", {"id": "1", "object": "chat.completion", "created": 0, "model": "m", "choices": []}),
    ],
)
async def test_an_answer_without_a_translation_is_a_failure(
    kind: str, answer: object, url: str, provider: Provider
) -> None:
    provider.answer = answer

    with pytest.raises(ServiceFailed):
        await service_of(kind, url).translate("Nobody asks.", source="en", into="es")


@pytest.mark.parametrize("kind", KINDS)
async def test_an_answer_longer_than_any_translation_is_a_failure(kind: str, url: str, provider: Provider) -> None:
    long = "Nadie. " * 2**18
    said = {"index": 0, "message": {"role": "assistant", "content": long}, "finish_reason": "stop"}
    provider.answer = {"translatedText": long, "translations": [{"text": long}], "choices": [said]}

    with pytest.raises(ServiceFailed):
        await service_of(kind, url).translate("Nobody asks.", source="en", into="es")


async def test_a_model_that_drips_its_answer_is_a_failure_in_time(provider: Provider, url: str) -> None:
    provider.pause = 0.2

    with pytest.raises(Unanswered) as failed:
        await Endpoint(f"{url}/v1", None, "small", answer_seconds=0.3).ask("Translate.", "Nobody asks.")

    assert failed.value.trouble is Trouble.SLOW


async def test_a_service_that_is_not_there_is_a_failure() -> None:
    with pytest.raises(ServiceFailed):
        await LibreTranslate("http://127.0.0.1:9", None).translate("Nobody asks.", source="en", into="es")


def test_no_service_is_set_up_unless_the_host_does() -> None:
    assert chosen(load(None)) is None


@pytest.mark.parametrize(
    ("settings", "fault"),
    [
        ({"translation_service": "libretranslate"}, "TRANSLATION_URL: is needed"),
        ({"translation_service": "openai", "translation_url": "http://127.0.0.1:5000"}, "TRANSLATION_MODEL: is needed"),
    ],
)
def test_a_service_set_up_by_half_is_refused_with_what_it_needs(settings: dict[str, str], fault: str) -> None:
    with pytest.raises(BadSetting, match=fault):
        load(None, **settings)


@pytest.mark.parametrize("kind", KINDS)
def test_the_service_that_was_set_up_is_chosen(kind: str) -> None:
    settings = load(None, translation_service=kind, translation_url="http://127.0.0.1:5000", translation_model="small")

    assert chosen(settings) is not None
