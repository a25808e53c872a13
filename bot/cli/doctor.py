"""vdialogue doctor: what keeps the bot from working, and what helps."""

import asyncio
import json
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import click
from sqlalchemy.exc import SQLAlchemyError

from bot import backups, database, i18n
from bot.app import application
from bot.backups import nightly
from bot.cli import file_modes, hosted
from bot.cli.terminal import HELD, chosen_bot, load_settings, words
from bot.database import Database, Fit, moves, outage
from bot.features.health import jobs as telegram
from bot.features.health import texts
from bot.features.health.actions import findings
from bot.features.health.actions.findings import Finding, Level, Matter
from bot.features.privacy import jobs as privacy_jobs
from bot.features.webhooks.actions import endpoints
from bot.features.webhooks.actions.endpoints import HookStanding
from bot.hosting import places
from bot.i18n import Translator, translator
from bot.paper import pdf
from bot.settings import Settings

BACKUP_IS_OLD = timedelta(hours=26)  # one is taken each night; on a day that the clocks are put back, after 25 hours
MARKS = {Level.FINE: "✓", Level.NOTE: "·", Level.FAULT: "✗"}
FITS = {
    Fit.CURRENT: Matter.DATABASE_CURRENT,
    Fit.BEHIND: Matter.DATABASE_BEHIND,
    Fit.AHEAD: Matter.DATABASE_AHEAD,
    Fit.BEYOND: Matter.DATABASE_BEYOND,
}


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def doctor(context: click.Context, form: str) -> None:
    """Look for what keeps the bot from working, and say what helps; exit status 1 if there is something to do."""
    settings = load_settings()
    t = translator(i18n.SOURCE) if i18n.not_compiled() else words()
    findings = asyncio.run(_examine(settings))
    show = _as_json if form == "json" else _as_text
    click.echo(show(t, findings, settings.default_timezone))
    if _faults(findings):
        context.exit(1)


async def _examine(settings: Settings) -> list[Finding]:
    return [
        *await _telegram(settings),
        _catalogues(),
        _pdf(),
        *file_modes.open_to_others(settings),
        *await _database(settings),
        *await telegram.ask_bot(str(settings.web_listen), clock=application.wall_clock, name=chosen_bot()),
        *_backups(settings.backup_dir),
    ]


async def _telegram(settings: Settings) -> list[Finding]:
    if settings.telegram_bot_token is None:
        return [Finding(Matter.TOKEN_MISSING, Level.FAULT)]
    return await telegram.examine(
        settings.telegram_bot_token.get_secret_value(),
        settings.telegram_api_url,
        webhook_url=settings.webhook_url,
        clock=application.wall_clock,
    )


def _catalogues() -> Finding:
    if missing := i18n.not_compiled():
        return Finding(Matter.CATALOGUES_MISSING, Level.FAULT, detail=", ".join(missing))
    if outdated := i18n.compiled_before_last_change():
        return Finding(Matter.CATALOGUES_OUTDATED, Level.FAULT, detail=", ".join(outdated))
    return Finding(Matter.CATALOGUES_COMPILED, Level.FINE)


def _pdf() -> Finding:
    if pdf.is_possible():
        return Finding(Matter.PDF, Level.FINE)
    return Finding(Matter.PANGO_MISSING, Level.NOTE, detail=pdf.PACKAGES)


def _backups(folder: Path | None) -> list[Finding]:
    if folder is None:
        return []
    newest = nightly.newest(folder)
    if newest is None:
        return [Finding(Matter.BACKUP_LACKING, Level.FAULT, detail=str(folder))]
    age = application.wall_clock().timestamp() - newest.stat().st_mtime
    if age > BACKUP_IS_OLD.total_seconds():
        return [Finding(Matter.BACKUP_OLD, Level.FAULT, detail=newest.name)]
    return [Finding(Matter.BACKUP_RECENT, Level.FINE, detail=newest.name)]


async def _database(settings: Settings) -> list[Finding]:
    url, folder = settings.database_url, settings.backup_dir
    file = backups.sqlite_file(url)
    if file is not None and not file.exists():
        # Opening it would make it. Where there are backups, there was one.
        if folder is None or nightly.newest(folder) is None:
            return [Finding(Matter.DATABASE_TO_COME, Level.NOTE, detail=str(file.absolute()))]
        return [Finding(Matter.DATABASE_MISSING, Level.FAULT, detail=str(file.absolute()))]
    opened = database.connect(url)
    try:
        if not await places.is_there(opened, url):
            return [Finding(Matter.DATABASE_MISSING, Level.FAULT, detail=places.shown(url))]
        return await _rows(opened, settings)
    except (SQLAlchemyError, OSError) as error:
        return [Finding(Matter.DATABASE_AWAY, Level.FAULT, detail=outage.reason(error))]
    finally:
        await opened.close()


async def _rows(opened: Database, settings: Settings) -> list[Finding]:
    mark = await moves.mark_of(opened)
    if mark is not None and (matter := HELD.get(mark.standing)):
        return [Finding(matter, Level.FAULT, detail=mark.elsewhere)]
    async with opened.readers() as session:
        found = await database.fit(session)
        if not found.is_enough:
            return [Finding(FITS[found], Level.FAULT)]
        stuck = await findings.examine(session, now=application.wall_clock())
        overdue = await privacy_jobs.overdue(session, now=application.wall_clock())
        untold = await endpoints.given_up(session)
    kept = [Finding(Matter.KEPT_TOO_LONG, Level.FAULT, overdue)] if overdue else []
    others = await hosted.examine(opened, settings)
    level = Level.FINE if found is Fit.CURRENT else Level.NOTE
    return [Finding(FITS[found], level), *stuck, *kept, *_hooks(untold), *others]


def _hooks(untold: list[HookStanding]) -> list[Finding]:
    if not untold:
        return []
    names = ", ".join(f"{each.endpoint_id} ({each.host})" for each in untold)
    return [Finding(Matter.HOOK_GIVEN_UP, Level.FAULT, len(untold), names)]


def _as_text(t: Translator, findings: list[Finding], zone: str) -> str:
    lines = []
    for found in findings:
        lines.append(f"{MARKS[found.level]} {texts.finding(t, found, zone)}")
        if remedy := texts.remedy(t, found):
            lines.append(f"  → {remedy}")
    faults = _faults(findings)
    return "\n".join([*lines, "", texts.something_to_do(t, faults) if faults else texts.all_well(t)])


def _as_json(t: Translator, findings: list[Finding], zone: str) -> str:
    told = [
        {**asdict(found), "text": texts.finding(t, found, zone), "remedy": texts.remedy(t, found)} for found in findings
    ]
    whole = {"healthy": not _faults(findings), "findings": told}
    return json.dumps(whole, ensure_ascii=False, indent=2, default=str)


def _faults(findings: list[Finding]) -> int:
    return sum(found.level is Level.FAULT for found in findings)
