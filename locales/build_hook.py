"""A wheel holds the translations compiled: whoever installs it has no `make`, and may have no way to write beside it."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Catalogues(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's own hooks leave it open too
    """Compiles each catalogue into a folder that is gone after the build; the checkout stays as it is."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Take the compiled catalogues into a wheel; an editable one reads those of the checkout."""
        if version == "editable":
            return
        self._folder = Path(tempfile.mkdtemp())
        for catalogue in Path(self.root, "locales").glob("*/LC_MESSAGES/messages.po"):
            place = catalogue.relative_to(self.root).with_suffix(".mo")
            compiled = self._folder / place
            compiled.parent.mkdir(parents=True)
            with catalogue.open("rb") as written, compiled.open("wb") as file:
                write_mo(file, read_po(written))
            build_data["force_include"][str(compiled)] = f"bot/{place.as_posix()}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 - hatchling's signature
        """Clear up."""
        if version != "editable":
            shutil.rmtree(self._folder)
