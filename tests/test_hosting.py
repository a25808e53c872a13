"""What docs/hosting says of the bot to other programs (Prometheus, Grafana, Caddy, a container engine) is true of it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import Metric
from ruamel.yaml import YAML
from world import World

from bot.settings import Settings, load

HOSTING = Path(__file__).parents[1] / "docs" / "hosting"


def read(path: Path) -> Any:
    """What a YAML file says."""
    return YAML(typ="safe", pure=True).load(path)


ALERTS = read(HOSTING / "prometheus/alerts.yaml")
ASKING = read(HOSTING / "prometheus/prometheus.yaml")
DASHBOARD = json.loads((HOSTING / "grafana/dashboard.json").read_text(encoding="utf-8"))
COMPOSE = read(HOSTING / "compose.yaml")
RUNBOOK = (HOSTING / "runbook.md").read_text(encoding="utf-8")
CADDYFILE = (HOSTING / "Caddyfile").read_text(encoding="utf-8")
MACHINES = (HOSTING / "machines.md").read_text(encoding="utf-8")

RULES = [rule for group in ALERTS["groups"] for rule in group["rules"]]
PANELS = [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]
EXPRESSIONS = [rule["expr"] for rule in RULES] + [
    target["expr"] for panel in PANELS for target in panel["targets"]
]  # PromQL
OF_PROMETHEUS = {"up"}  # a metric that it makes itself
KEYWORDS = {"and", "or", "unless", "bool", "offset"}
BOTS = [name for name, service in COMPOSE["services"].items() if service["image"] == "vdialogue"]


@pytest.fixture
def host_settings(tmp_path: Path) -> dict[str, object]:
    return {"backup_dir": tmp_path / "backups"}


def named(expression: str) -> set[str]:
    """The metrics of an expression in PromQL: what is left without texts, labels, ranges and functions."""
    bare = re.sub(r'"[^"]*"', "", expression)
    bare = re.sub(r"\{[^}]*\}|\[[^\]]*\]|\b(?:by|on|without|ignoring)\s*\([^)]*\)", " ", bare)
    return set(re.findall(r"\b[a-zA-Z_:][\w:]*\b(?!\s*\()", bare)) - KEYWORDS


def labels(expression: str) -> set[str]:
    """The labels that an expression looks at."""
    grouped = re.findall(r"\b(?:by|on|without|ignoring)\s*\(([^)]*)\)", expression)
    return set(re.findall(r"(\w+)\s*(?:=~|!=|!~|=)\s*\"", expression)) | set(re.findall(r"\w+", " ".join(grouped)))


def samples(metric: Metric) -> Iterator[str]:
    """The names by which a metric can be asked for."""
    match metric.type:
        case "counter":
            yield f"{metric.name}_total"
        case "histogram":
            yield from (f"{metric.name}_{part}" for part in ("bucket", "sum", "count"))
        case _:
            yield metric.name


def metrics(world: World) -> list[Metric]:
    return list(world.bot.vitals.registry.collect())


async def test_dashboard_and_rules_name_only_metrics_that_a_running_bot_has(world: World) -> None:
    there = {name for metric in metrics(world) for name in samples(metric)}

    asked = {name for expression in EXPRESSIONS for name in named(expression)}
    assert asked - there == OF_PROMETHEUS
    assert len(asked) > 20


async def test_the_runbook_tells_of_each_metric_that_a_running_bot_has_and_of_no_other(world: World) -> None:
    table = RUNBOOK.partition("## What is counted")[2]

    whole = {metric.name + ("_total" if metric.type == "counter" else "") for metric in metrics(world)}
    assert set(re.findall(r"`(vdialogue_\w+)`", table)) == whole


def test_expressions_look_at_labels_that_there_are() -> None:
    of_ours = {"job", "instance", "bot", "state", "queue", "method", "outcome", "reason", "work", "what", "le"}

    assert {label for expression in EXPRESSIONS for label in labels(expression)} <= of_ours


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_an_expression_closes_what_it_opens(expression: str) -> None:
    bare = re.sub(r'"[^"]*"', "", expression)

    open_ones: list[str] = []
    for sign in re.findall(r"[()\[\]{}]", bare):
        if sign in "([{":
            open_ones.append(sign)
        else:
            assert open_ones.pop() + sign in {"()", "[]", "{}"}
    assert open_ones == []
    assert bare.count('"') == 0


def test_each_rule_says_what_it_means_and_leads_to_its_paragraph_in_the_runbook() -> None:
    alerts = re.findall(r"^## (\w+)$", RUNBOOK, re.MULTILINE)
    paragraphs = dict(zip(alerts, re.split(r"^## \w+$", RUNBOOK, flags=re.MULTILINE)[1:], strict=True))

    assert [rule["alert"] for rule in RULES] == alerts
    for rule in RULES:
        assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
        assert re.fullmatch(r"\d+[smhd]", rule.get("for", "1m"))
        assert rule["labels"]["severity"] in {"page", "look"}
        assert set(rule["annotations"]) == {"summary", "runbook_url"}
        assert rule["annotations"]["runbook_url"] == f"docs/hosting/runbook.md#{rule['alert'].lower()}"
        assert all(f"**{part}:**" in paragraphs[rule["alert"]] for part in ("For members", "Look", "Do"))


def test_the_panels_of_the_dashboard_lie_beside_each_other_and_ask_the_chosen_prometheus() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & taken, panel["title"]
        assert max(x for x, _ in cells) < 24
        taken |= cells
    numbers = [panel["id"] for panel in DASHBOARD["panels"]]
    assert len(set(numbers)) == len(numbers)
    for panel in PANELS:
        assert panel["title"]
        assert panel["description"]
        assert len({target["refId"] for target in panel["targets"]}) == len(panel["targets"])
        assert all(target["datasource"]["uid"] == "${datasource}" for target in [panel, *panel["targets"]])


def filled_in(value: str, **variables: str) -> str:
    """A text of the compose file, as it is read with these in .env."""
    return re.sub(r"\$\{(\w+)(?::\?[^}]*)?\}", lambda found: variables[found[1]], value)


def test_the_settings_that_the_compose_file_gives_the_bot_are_taken() -> None:
    secrets = {"POSTGRES_PASSWORD": "hush", "WEBHOOK_SECRET": "s3cret", "DOMAIN": "dialogue.example.org"}

    for bot in BOTS:
        environment = COMPOSE["services"][bot]["environment"]
        given = {name.lower(): filled_in(value, **secrets) for name, value in environment.items()}
        assert set(given) <= set(Settings.model_fields)
        settings = load(None, **given)
        assert settings.webhook_url == "https://dialogue.example.org/telegram"
        assert settings.database_url == "postgresql+psycopg://vdialogue:hush@postgres/vdialogue"


def test_whatever_the_compose_file_wants_from_the_env_file_is_made_by_the_commands_beside_it() -> None:
    wanted = set(re.findall(r"\$\{(\w+)", (HOSTING / "compose.yaml").read_text(encoding="utf-8")))

    assert wanted == set(re.findall(r'echo "(\w+)=', MACHINES))


def test_proxy_and_prometheus_know_the_processes_that_the_compose_file_starts() -> None:
    port = COMPOSE["services"][BOTS[0]]["environment"]["WEB_LISTEN"].rpartition(":")[2]
    addresses = [f"{bot}:{port}" for bot in BOTS]

    (scrape,) = ASKING["scrape_configs"]
    (asked,) = scrape["static_configs"]
    (proxied,) = re.findall(r"reverse_proxy (.+) \{", CADDYFILE)
    assert len(BOTS) == 2
    assert asked["targets"] == addresses
    assert proxied.split() == addresses
    assert {f'job="{scrape["job_name"]}"'} == set(re.findall(r'job="\w+"', str(RULES)))
    assert ASKING["rule_files"] == ["alerts.yaml"]


def test_what_the_compose_file_refers_to_is_there() -> None:
    for name, service in COMPOSE["services"].items():
        assert set(service.get("depends_on", {})) <= set(COMPOSE["services"]), name
        assert set(service["networks"]) <= set(COMPOSE["networks"])
        for mount in service["volumes"]:
            source = mount.partition(":")[0]
            assert (HOSTING / source).exists() if source.startswith(".") else source in COMPOSE["volumes"]
        if "build" in service:
            context = HOSTING / service["build"]["context"]
            assert (context / service["build"]["dockerfile"]).is_file()


def published(service: dict[str, Any]) -> list[str]:
    return [port.rpartition(":")[0] for port in service.get("ports", [])]


def test_the_internet_reaches_the_proxy_alone_and_no_secret_stands_in_the_compose_file() -> None:
    reached = {name for name, service in COMPOSE["services"].items() if set(published(service)) - {"127.0.0.1:9090"}}

    assert reached == {"caddy"}
    for service in COMPOSE["services"].values():
        for name, value in service.get("environment", {}).items():
            if re.search("PASSWORD|SECRET|TOKEN|KEY", name):
                assert re.fullmatch(r"\$\{\w+(:\?[^}]*)?\}", value), name
