"""The wheel, built from the checkout and used away from it: nothing that it needs is left behind."""

import asyncio
import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from world import ADA, CHLOE

from bot.features.exports.jobs import COLUMNS_EXPLAINED
from bot.sandbox import Sandbox

ROOT = Path(__file__).parents[1]
SLUG, FRENCH_TITLE = "care-and-training", "Se former quand le temps manque"
PATIENCE_SECONDS = 60.0


def pip(*words: object) -> None:
    command = [sys.executable, "-m", "pip", *map(str, words), "--quiet", "--no-deps", "--no-index"]
    subprocess.run(command, check=True)  # noqa: S603 - our own


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the wheel is installed, and nothing else."""
    built, folder = tmp_path_factory.mktemp("built"), tmp_path_factory.mktemp("installed")
    pip("wheel", "--no-build-isolation", "--wheel-dir", built, ROOT)
    pip("install", "--no-compile", "--target", folder, *built.glob("*.whl"))
    return folder


class Program:
    """`vdialogue` from the wheel, in an empty folder."""

    def __init__(self, installed: Path, folder: Path) -> None:
        self.installed, self.folder = installed, folder
        self.environment = {
            "PATH": os.defpath,
            "LC_ALL": "C.UTF-8",
            "TMPDIR": str(folder),
            "PYTHONPATH": f"{installed}{os.pathsep}{sysconfig.get_path('purelib')}",
        }

    async def start(self, *words: str) -> asyncio.subprocess.Process:
        # -S: no .pth file of the libraries' folder is read, so none leads back to the checkout; -P: nor does the folder.
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-S", "-P", "-m", "bot", *words),
            cwd=self.folder,
            env=self.environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )

    async def run(self, *words: str) -> str:
        process = await self.start(*words)
        printed, complaint = await process.communicate()
        assert process.returncode == 0, complaint.decode()
        return printed.decode()

    @asynccontextmanager
    async def running(self, *words: str) -> AsyncIterator[asyncio.subprocess.Process]:
        """It runs until the block is left, and ends well."""
        process = await self.start(*words)
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                yield process
        finally:
            process.terminate()
            _, complaint = await process.communicate()
        assert process.returncode == 0, complaint.decode()


@pytest.fixture
def program(installed: Path, tmp_path: Path) -> Program:
    return Program(installed, tmp_path)


async def test_the_demo_plays_from_the_wheel(program: Program) -> None:
    async with program.running("demo", "--no-open", "--port", "0") as process:
        assert process.stdout is not None
        told = (await process.stdout.readline()).decode()
        address = next(word for word in told.split() if word.startswith("http"))
        async with aiohttp.ClientSession(address) as session:
            while FRENCH_TITLE not in await text_of(session, "/control/state"):  # noqa: ASYNC110 - as the page would
                await asyncio.sleep(0.05)
            assert "sandbox.js" in await text_of(session, "/")


async def text_of(session: aiohttp.ClientSession, path: str) -> str:
    async with session.get(path) as response:
        return await response.text()


async def test_the_bot_runs_from_the_wheel(program: Program, sandbox: Sandbox) -> None:
    program.environment |= {
        "TELEGRAM_BOT_TOKEN": sandbox.token,
        "TELEGRAM_API_URL": sandbox.url,
        "ORGANISER_IDS": str(ADA),
        "WEB_LISTEN": "127.0.0.1:0",
    }
    example = program.installed / "bot" / "docs" / "examples" / f"{SLUG}.yaml"
    chloe = sandbox.phone(user_id=CHLOE, first_name="Chloé", language_code="fr")

    printed = await program.run("dialogue", "import", str(example))
    (entrance,) = re.findall(r"\?start=(\S+)", printed)
    async with program.running("run"):
        await chloe.opens_link(entrance)
        await chloe.receives(FRENCH_TITLE, timeout=PATIENCE_SECONDS)

    assert (program.folder / "data" / "vdialogue.db").exists()


def test_what_an_archive_holds_of_the_docs_is_in_the_wheel(installed: Path) -> None:
    place = COLUMNS_EXPLAINED.relative_to(ROOT)

    assert (installed / "bot" / place).read_bytes() == COLUMNS_EXPLAINED.read_bytes()


async def test_nothing_of_the_checkout_is_read(program: Program) -> None:
    program.environment["PYTHONPATH"] = sysconfig.get_path("purelib")

    process = await program.start("--version")
    _, complaint = await process.communicate()

    assert process.returncode == 1
    assert "No module named bot" in complaint.decode()
