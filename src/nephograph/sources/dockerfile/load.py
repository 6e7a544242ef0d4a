"""From a path to documents: Dockerfiles are found, read instruction by instruction, and told as stages."""

from __future__ import annotations

import pathlib
import re

from nephograph.model.errors import Problem
from nephograph.model.source import Gap, Loaded, LoadOptions, Progress
from nephograph.sources.credentials import names_secret
from nephograph.sources.dockerfile.comments import suppressions_of
from nephograph.sources.dockerfile.document import (
    DockerDocument,
    base_document,
    image_document,
    stage_document,
)
from nephograph.sources.dockerfile.images import Image
from nephograph.sources.dockerfile.reader import Fault, parse
from nephograph.sources.dockerfile.recognise import is_exact, is_named, is_template
from nephograph.sources.dockerfile.stages import Stage, build
from nephograph.sources.json_files import Files
from nephograph.sources.terraform.texts import Text, Texts

NAME = "dockerfile"
MAX_BYTES = 4 * 1024 * 1024
"""Docker's own limit for one line is 64 kB; no Dockerfile that people write comes near this."""

MAX_FAULTS = 20
"""Mistakes of one file that are shown one by one."""


def load_tree(path: pathlib.Path, shown: str, options: LoadOptions, progress: Progress) -> Loaded:
    """Every Dockerfile at or below the path."""
    texts = Texts()
    loaded = Loaded(NAME, said="code", excerpts=texts)
    files = Files(path, shown)
    buffers = dict(options.buffers)
    entries = files.entries(is_named, lambda name, head: True)
    bases: dict[str, DockerDocument] = {}
    for done, entry in enumerate(entries):
        progress("reading Dockerfiles", done, len(entries))
        relative = entry.relative or path.name
        if is_template(entry.real):
            _left(entry.shown, loaded)
            continue
        content = buffers.get(str(pathlib.Path(entry.real).resolve()))
        if content is None:
            content = files.content(entry, MAX_BYTES)
        if content is None:
            continue
        text = Text(entry.shown, relative, content)
        texts.add(text)
        loaded.files += 1
        _read(text, relative, options.prefix or ".", loaded, bases, texts)
    progress("reading Dockerfiles", len(entries), len(entries))
    loaded.documents.extend(bases.values())
    loaded.problems += files.problems
    loaded.gaps += files.gaps
    return loaded


_WRITTEN_BY_PROGRAM = re.compile(r"^\s*\{[{%#]|^\s*<%|^FROM[^\n]*\{\{", re.MULTILINE)
"""Marks of a template engine where an instruction begins, or in the name of an image."""


def _left(shown: str, loaded: Loaded) -> None:
    why = "a program makes a Dockerfile of it; scan what it makes"
    loaded.gaps.append(Gap("dockerfile-template", shown, why))


def _read(text: Text, file: str, root: str, loaded: Loaded, bases: dict[str, DockerDocument], texts: Texts) -> None:
    if "\0" in text.content:
        at = text.content.index("\0")
        _report(
            text, [Fault("a Dockerfile is text, and this holds a null byte", "Save it as text.", at, at + 1)], loaded
        )
        return
    if _WRITTEN_BY_PROGRAM.search(text.content) is not None:
        _left(text.file, loaded)
        return
    parsed = parse(text.content)
    built = build(parsed)
    if not parsed.instructions and parsed.faults:
        # Not one line of it is a Dockerfile's: only its name says so.
        if not is_exact(file.rpartition("/")[2]):
            why = "named like a Dockerfile, and not one line of it is one"
            loaded.gaps.append(Gap("dockerfile-syntax", text.file, why))
            return
        parsed.faults = parsed.faults[:1]
    faults = [*parsed.faults, *built.faults]
    if not built.stages and not faults:
        faults = [Fault("no stage is built here", "Begin with FROM image:tag.", 0, 0)]
    _report(text, sorted(faults, key=lambda fault: fault.start), loaded)
    stages = built.stages
    loaded.suppressions.extend(suppressions_of(text, parsed, stages))
    if not stages:
        return
    loaded.documents.append(image_document(file, stages, text, root))
    loaded.seen += 1
    for stage in stages:
        for one in stage.set:
            if isinstance(one["value"], str) and names_secret(one["name"]):
                texts.hide(one["value"])
        loaded.documents.append(stage_document(file, stage, stage is stages[-1], text, root))
        loaded.seen += 1
        for word, place in stage.later:
            why = "runs where another image is built from this one"
            loaded.gaps.append(Gap("onbuild", f"ONBUILD {word}", why, text.span(*place)))
        for image, place in _images(stage):
            if isinstance(image.name, str) and image.name not in bases:
                bases[image.name] = base_document(image, place, text, root)
                loaded.seen += 1


def _images(stage: Stage) -> list[tuple[Image, tuple[int, int]]]:
    """The images a stage needs, each with its place."""
    found = [] if stage.image is None else [(stage.image, stage.image_range)]
    return found + [copy["from_image"] for copy in stage.copies if "from_image" in copy]


def _report(text: Text, faults: list[Fault], loaded: Loaded) -> None:
    """What is wrong in a file, each with its frame; the tail of a long list is counted."""
    for fault in faults[:MAX_FAULTS]:
        span = text.span(fault.start, fault.end)
        excerpt = text.shown_line(span.line) or ""
        message = f"{text.file}: {fault.message}."
        loaded.problems.append(Problem("dockerfile-syntax", message, fault.help, span, excerpt))
    if len(faults) > MAX_FAULTS:
        why = "more mistakes than are shown"
        loaded.gaps.append(Gap("malformed-entry", text.file, why, None, len(faults) - MAX_FAULTS))
