from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from bot.settings import BadSetting, Settings, load

EXAMPLE = Path(__file__).resolve().parent.parent / ".env.example"


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_without_any_variable_the_bot_has_all_but_its_token() -> None:
    settings = load(None)

    assert settings.telegram_bot_token is None
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.database_url == "sqlite:///data/vdialogue.db"
    assert settings.organiser_ids == ()
    assert (settings.default_language, settings.default_timezone) == ("en", "UTC")
    assert settings.messages_per_second == 28
    assert (settings.webhook_url, settings.webhook_secret) == (None, None)
    assert str(settings.web_listen) == "127.0.0.1:8080"
    assert (settings.log_format, settings.log_level) == ("console", "INFO")


@pytest.mark.parametrize(
    ("variable", "text", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "42:secret", SecretStr("42:secret")),
        ("TELEGRAM_API_URL", "http://localhost:8081/", "http://localhost:8081"),
        ("DATABASE_URL", "sqlite+aiosqlite:///some/file.db", "sqlite:///some/file.db"),
        ("DATABASE_URL", "postgres://me@host/name", "postgresql+psycopg://me@host/name"),
        ("DATABASE_URL", "postgresql://me@host/name", "postgresql+psycopg://me@host/name"),
        ("DATABASE_URL", "postgresql+psycopg://me@host/name", "postgresql+psycopg://me@host/name"),
        ("ORGANISER_IDS", "1001", (1001,)),
        ("ORGANISER_IDS", " 1001, 7000000000 ,", (1001, 7_000_000_000)),
        ("DEFAULT_LANGUAGE", "zh-Hans", "zh-Hans"),
        ("DEFAULT_TIMEZONE", "Africa/Nairobi", "Africa/Nairobi"),
        ("MESSAGES_PER_SECOND", "1000", 1000),
        ("WEBHOOK_SECRET", "s3-cret_", SecretStr("s3-cret_")),
        ("WEB_LISTEN", "[::1]:0", ("::1", 0)),
        ("LOG_FORMAT", "json", "json"),
        ("LOG_LEVEL", "DEBUG", "DEBUG"),
    ],
)
def test_every_variable_is_read(monkeypatch: pytest.MonkeyPatch, variable: str, text: str, value: object) -> None:
    monkeypatch.setenv(variable, text)

    assert getattr(load(None), variable.lower()) == value


@pytest.mark.parametrize("variable", [name.upper() for name in Settings.model_fields])
def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv(variable, "")

    assert load(None) == Settings.model_construct()


@pytest.mark.parametrize(
    ("variable", "nonsense", "remedy"),
    [
        ("TELEGRAM_API_URL", "api.telegram.org", "must begin with http:// or https://"),
        ("DATABASE_URL", "mysql://host/name", "must begin with sqlite:/// or postgresql://"),
        ("ORGANISER_IDS", "@ada", "must be Telegram user ids (numbers) parted by commas, such as 1001,1002"),
        ("ORGANISER_IDS", "1001 1002", "must be Telegram user ids"),
        ("ORGANISER_IDS", "1001,1087968824", "must be people's"),
        ("ORGANISER_IDS", "777000", "must be people's"),
        ("DEFAULT_LANGUAGE", "English", "must be one of en, es, fr, ar, ru, zh-Hans"),
        ("DEFAULT_TIMEZONE", "Nairobi", "must be an IANA time zone"),
        ("MESSAGES_PER_SECOND", "0", "greater than or equal to 1"),
        ("MESSAGES_PER_SECOND", "fast", "integer"),
        ("WEBHOOK_SECRET", "with spaces", "must be 1 to 256 of the characters A-Z, a-z, 0-9, _ and -"),
        ("WEBHOOK_SECRET", "a" * 257, "must be 1 to 256"),
        ("WEBHOOK_SECRET", "newline\n", "must be 1 to 256"),
        ("WEB_LISTEN", "8080", "must be host:port, such as 127.0.0.1:8080"),
        ("WEB_LISTEN", ":8080", "must be host:port"),
        ("WEB_LISTEN", "localhost:http", "must be host:port"),
        ("WEB_LISTEN", "localhost:65536", "must be host:port"),
        ("WEB_LISTEN", "0.0.0.0:8080", "set WEB_EXPOSED=true"),
        ("WEB_LISTEN", "[::]:8080", "set WEB_EXPOSED=true"),
        ("WEB_LISTEN", "192.168.1.5:8080", "set WEB_EXPOSED=true"),
        ("TELEGRAM_API_URL", "http://bots.example.org", "must begin with https://"),
        ("TELEGRAM_API_URL", "https://", "must begin with http:// or https://"),
        ("LOG_FORMAT", "xml", "'console' or 'json'"),
        ("LOG_LEVEL", "LOUD", "'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
    ],
)
def test_nonsense_is_refused_by_the_variable_s_name_with_what_would_be_right(
    monkeypatch: pytest.MonkeyPatch, variable: str, nonsense: str, remedy: str
) -> None:
    monkeypatch.setenv(variable, nonsense)

    with pytest.raises(BadSetting) as refused:
        load(None)

    (line,) = str(refused.value).splitlines()
    assert line.startswith(f"{variable}: ")
    assert remedy in line


@pytest.mark.parametrize("address", ["0.0.0.0:80", "bot.example.org:8080"])
def test_what_other_machines_may_reach_is_listened_at_only_if_that_is_meant(address: str) -> None:
    assert str(load(None, web_listen=address, web_exposed=True).web_listen) == address


ADDRESSES = {"telegram_api_url": {}, "translation_url": {}, "proposals_url": {"proposals_model": "small"}}


@pytest.mark.parametrize("setting", ADDRESSES)
@pytest.mark.parametrize(
    "url",
    [
        *("https://example.org/v1", "http://localhost:1", "http://127.0.0.9", "http://[::1]:1", "http://10.0.0.5:8081"),
        *("http://192.168.1.5", "http://100.64.0.1", "http://[fd00::1]:5000", "http://libretranslate:5000"),
        *("http://models.local/v1", "http://bots.internal", "http://nas.home.arpa"),
    ],
)
def test_words_and_keys_go_in_clear_to_this_machine_and_its_private_network(setting: str, url: str) -> None:
    assert getattr(load(None, **{setting: url}, **ADDRESSES[setting]), setting) == url


@pytest.mark.parametrize("setting", ADDRESSES)
@pytest.mark.parametrize(
    "url",
    [
        *("http://example.org/v1", "http://8.8.8.8", "http://[2001:4860:4860::8888]", "http://[::ffff:8.8.8.8]"),
        *("http://134744072", "http://localhost@example.org", "http://example.local.org", "http://local.example"),
    ],
)
def test_words_and_keys_go_nowhere_else_in_clear(setting: str, url: str) -> None:
    with pytest.raises(BadSetting, match=rf"^{setting.upper()}: must begin with https:"):
        load(None, **{setting: url}, **ADDRESSES[setting])


@pytest.mark.parametrize(
    "url",
    ["https://bot.example.org/any/path", "http://127.0.0.1:8080/telegram", "http://localhost/", "http://[::1]:1/"],
)
def test_a_webhook_is_https_or_on_this_machine(url: str) -> None:
    settings = load(None, webhook_url=url, webhook_secret="s")

    assert settings.webhook_url == url


@pytest.mark.parametrize(
    "url", ["http://bot.example.org/telegram", "bot.example.org", "https:///telegram", "ftp://[::1]/"]
)
def test_any_other_webhook_is_refused(url: str) -> None:
    with pytest.raises(BadSetting, match=r"^WEBHOOK_URL: must begin with https:"):
        load(None, webhook_url=url, webhook_secret="s")


def test_a_webhook_without_a_secret_is_refused() -> None:
    with pytest.raises(BadSetting, match=r"^WEBHOOK_SECRET: is needed with WEBHOOK_URL"):
        load(None, webhook_url="https://bot.example.org/")


def test_all_faults_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("DEFAULT_LANGUAGE", "DEFAULT_TIMEZONE", "LOG_FORMAT"):
        monkeypatch.setenv(variable, "nonsense")

    with pytest.raises(BadSetting) as refused:
        load(None)

    told = [line.partition(":")[0] for line in str(refused.value).splitlines()]
    assert told == ["DEFAULT_LANGUAGE", "DEFAULT_TIMEZONE", "LOG_FORMAT"]


def test_the_file_is_read_and_the_environment_wins_over_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("DEFAULT_LANGUAGE=fr\nLOG_LEVEL=ERROR\nSOMETHING_ELSE=1\n", encoding="utf-8")
    monkeypatch.setenv("LOG_LEVEL", "DEBUG")

    settings = load(file)

    assert (settings.default_language, settings.log_level) == ("fr", "DEBUG")


def test_a_missing_file_is_no_fault(tmp_path: Path) -> None:
    assert load(tmp_path / ".env").default_language == "en"


def test_settings_don_t_change() -> None:
    settings = load(None)

    with pytest.raises(ValidationError, match="frozen"):
        settings.default_language = "fr"  # type: ignore[misc]  # the types refuse it too


def test_what_is_secret_is_shown_nowhere() -> None:
    settings = load(None, telegram_bot_token="42:hush", webhook_secret="hush")
    with_password = load(None, database_url="postgresql://bot:hush@localhost/bot")

    assert "hush" not in repr(settings) + str(settings) + settings.model_dump_json()
    assert "hush" not in repr(with_password) + str(with_password)


def test_a_secret_that_makes_no_sense_is_not_shown_either() -> None:
    with pytest.raises(BadSetting) as refused:
        load(None, webhook_secret="hush hush")

    assert "hush" not in str(refused.value)


def test_the_example_names_every_variable_with_its_default(tmp_path: Path) -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    assignments = [line.removeprefix("#") for line in lines if "=" in line and not line.startswith("# ")]
    file = tmp_path / ".env"
    file.write_text("\n".join(assignments), encoding="utf-8")

    assert {line.partition("=")[0].lower() for line in assignments} == set(Settings.model_fields)
    assert load(file) == load(None)
