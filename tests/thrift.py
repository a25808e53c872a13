"""What a run of the tests spares the machine: writing to its disk, looking for garbage where there is none, standing idle."""

import gc
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

MEMORY = Path("/dev/shm")  # noqa: S108 - a disk in memory, on Linux
ENOUGH_BYTES = 1_000_000_000  # several times what all workers use at a time
YOUNG_OBJECTS = 20_000  # made before the youngest are looked through


def pytest_configure() -> None:
    """Keep the files of tests and databases in memory, so that nobody waits for a disk, however often it is synced."""
    gc.set_threshold(YOUNG_OBJECTS, 10, 10)
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH_BYTES:
        tempfile.tempdir = str(MEMORY)


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """Have one worker more than there are cores, since some tests wait for time to pass, or for other processes."""
    return (yield) + 1


def pytest_collection_finish() -> None:
    """What was imported stays: to look through it again and again took a quarter of all time."""
    gc.collect()
    gc.freeze()
