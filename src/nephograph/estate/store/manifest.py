"""The manifest: which generations there are, and the files of each. Replacing it is what makes a load visible."""

from __future__ import annotations

import pathlib

import msgspec

from nephograph.estate.store import folder
from nephograph.model.errors import NephError, Problem, ReadError, UsageError

FORMAT = 2
"""The version of the directory's layout and of the tables in it. Any other is refused."""

NAME = "manifest.json"
GENERATIONS = "generations"
DATABASE = "estate.duckdb"


class Generation(msgspec.Struct, frozen=True):
    """One generation: its number, the newest snapshot in it, when it was made, and its files (size, checksum or "")."""

    number: int
    snapshot: int
    made: str
    files: dict[str, tuple[int, str]]

    def path(self, estate: pathlib.Path) -> pathlib.Path:
        """Its directory."""
        return estate / GENERATIONS / str(self.number)

    def fault(self, estate: pathlib.Path) -> str:
        """What of its files is missing or not as it was written; "" when nothing is."""
        here = self.path(estate)
        for name, (size, digest) in self.files.items():
            path = here / name
            try:
                if path.stat().st_size != size:
                    return f"{name} has {path.stat().st_size} bytes where {size} were written"
                if digest and folder.checksum(path) != digest:
                    return f"{name} is not what was written"
            except OSError as error:
                return f"{name}: {error.strerror}"
        return ""


class Manifest(msgspec.Struct, frozen=True):
    """The generations that may be read, oldest first."""

    format: int
    generations: tuple[Generation, ...]


class _Version(msgspec.Struct):
    format: int


def read(estate: pathlib.Path) -> Manifest:
    """The manifest of an estate.

    Raises `UsageError` when there is no estate, `ReadError` when its manifest is broken or of another version.
    """
    path = estate / NAME
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise absent(estate) from None
    except OSError as error:
        raise broken(estate, error.strerror or str(error)) from error
    try:
        refuse(estate, msgspec.json.decode(content, type=_Version).format)
        manifest = msgspec.json.decode(content, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise broken(estate, str(error)) from error
    if not manifest.generations:
        raise broken(estate, "it names no generation")
    return manifest


def refuse(estate: pathlib.Path, version: int) -> None:
    """Raises `ReadError` unless this is the version of the layout that is read here."""
    if version == FORMAT:
        return
    age = "newer" if version > FORMAT else "older"
    raise ReadError(
        f"estate-{age}",
        f"{estate} was written by {'a newer' if age == 'newer' else 'an older'} nephograph"
        f" (format {version}; this one reads {FORMAT})",
        "upgrade nephograph, or load the sources into another directory"
        if age == "newer"
        else "load the sources into another directory; the version that wrote this one still reads it",
    )


def write(estate: pathlib.Path, manifest: Manifest) -> None:
    """Replace the manifest: from here on its newest generation is what is read."""
    folder.replace(estate / NAME, msgspec.json.format(msgspec.json.encode(manifest), indent=1))


def absent(estate: pathlib.Path) -> NephError:
    """The error for a directory that holds no estate."""
    return UsageError(
        "estate-absent",
        f"there is no estate at {estate}",
        "make one with `neph load SOURCE…`, or name another with -e DIR",
    )


def broken(estate: pathlib.Path, why: str) -> NephError:
    """The error for a manifest that cannot be read."""
    return ReadError(
        "estate-manifest",
        f"the manifest of {estate} cannot be read: {why}",
        "load the sources again: the next load finds the generations that are whole and writes a new manifest",
    )


def left_behind(path: pathlib.Path, generation: Generation, fault: str) -> Problem:
    """What is said when a broken generation was passed over."""
    return Problem(
        "estate-fell-back",
        f"generation {generation.number} of {path} is broken: {fault}",
        "the generation before it was used; what was loaded since has to be loaded again",
    )
