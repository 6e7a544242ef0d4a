"""A Dockerfile as stages: what each is built from, what it sets, copies and runs, with the place of every value.

Variables follow Docker: `ARG` above the first `FROM` counts in `FROM` lines and where a stage declares it again;
`ENV` goes before `ARG`; a stage has what the stage it is built from has. A build argument has the value that is written
for it, and none that is known where none is written.
https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact
"""

from __future__ import annotations

from typing import Any

import msgspec

from nephograph.model.span import Path
from nephograph.model.value import Reason, Unknown
from nephograph.sources.dockerfile.expand import Text, Word, exec_form, expand, flags, words
from nephograph.sources.dockerfile.images import SCRATCH, Image, image_of
from nephograph.sources.dockerfile.reader import Fault, Instruction, Parsed

Places = dict[Path, tuple[int, int]]
"""The range in the file of what stands at a path of the attributes."""

_PLATFORM = frozenset(
    f"{where}{what}" for where in ("TARGET", "BUILD") for what in ("PLATFORM", "OS", "ARCH", "VARIANT", "OSVERSION")
)
"""Arguments that the builder sets by itself."""

_PROXIES = frozenset(["HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY", "SOURCE_DATE_EPOCH"])

MAX_TEXT = 65_536
"""Characters of one command that are kept: a heredoc may hold a program."""


class Stage(msgspec.Struct):
    """One stage: `number` counts from 0; `parent` is the stage it is built from, `image` what else it is built from."""

    number: int
    name: str
    start: int
    end: int
    head: tuple[int, int]
    image: Image | None = None
    image_range: tuple[int, int] = (0, 0)
    parent: Stage | None = None
    platform: Text | None = None
    variables: dict[str, Text] = {}
    arguments: dict[str, Text | None] = {}
    user: tuple[Text, tuple[int, int]] | None = None
    healthcheck: tuple[bool, tuple[int, int]] | None = None
    entrypoint: tuple[str, tuple[int, int]] | None = None
    command: tuple[str, tuple[int, int]] | None = None
    ports: list[tuple[Text, tuple[int, int]]] = []
    set: list[dict[str, Any]] = []
    """Variables in the order they are set: kind (ENV, ARG), name, value, range."""
    copies: list[dict[str, Any]] = []
    runs: list[dict[str, Any]] = []
    later: list[tuple[str, tuple[int, int]]] = []
    """ONBUILD instructions: they run where this image is built from, and are not evaluated here."""

    def lookup(self, name: str) -> Text | None:
        """The value of a variable at this place of the stage."""
        if name in self.variables:
            return self.variables[name]
        if name in self.arguments:
            value = self.arguments[name]
            return Unknown(Reason.NO_VALUE, f"ARG {name}") if value is None else value
        if name in _PROXIES:
            return Unknown(Reason.NO_VALUE, f"ARG {name}")
        if self.parent is None and self.image is None:
            return None
        if self.parent is not None:
            # Arguments end with their stage, variables of the environment do not.
            return self.parent.environment(name)
        return Unknown(Reason.NOT_SEEN, f"{name} of the base image")

    def environment(self, name: str) -> Text | None:
        """The value of a variable in the environment of what this stage makes."""
        if name in self.variables:
            return self.variables[name]
        if self.parent is not None:
            return self.parent.environment(name)
        return None if self.image is None else Unknown(Reason.NOT_SEEN, f"{name} of the base image")


class Built(msgspec.Struct):
    """The stages of a file, and what is wrong with it."""

    stages: list[Stage]
    faults: list[Fault]


def build(parsed: Parsed) -> Built:
    """The stages of what was read."""
    return _Builder(parsed).build()


class _Builder:
    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.built = Built([], [])
        self.globals: dict[str, Text | None] = {}
        self.named: dict[str, Stage] = {}

    def build(self) -> Built:
        for instruction in self.parsed.instructions:
            self._take(instruction)
        return self.built

    @property
    def stage(self) -> Stage | None:
        return self.built.stages[-1] if self.built.stages else None

    def _fault(self, instruction: Instruction, message: str, help: str) -> None:
        self.built.faults.append(Fault(message, help, instruction.start, instruction.end))

    def _take(self, instruction: Instruction) -> None:
        keyword, stage = instruction.keyword, self.stage
        if keyword == "FROM":
            self._from(instruction)
            return
        if keyword == "ARG" and stage is None:
            for name, value, _ in self._pairs(instruction, bare=True):
                self.globals[name] = None if value is None else expand(value, self._global, instruction.escape)
            return
        if stage is None:
            message = f"{keyword} stands above the first FROM"
            self._fault(instruction, message, "Begin with FROM; only ARG, comments and directives may stand above it.")
            return
        stage.end = max(instruction.end, *(heredoc.end for heredoc in instruction.heredocs), stage.end)
        if not instruction.text.strip() and keyword != "CMD":
            self._fault(instruction, f"{keyword} says nothing", "Give it an argument, or take it out.")
            return
        method = getattr(self, f"_{keyword.lower()}", None)
        if method is not None:
            method(instruction, stage)

    def _global(self, name: str) -> Text | None:
        if name in self.globals:
            value = self.globals[name]
            return Unknown(Reason.NO_VALUE, f"ARG {name}") if value is None else value
        return Unknown(Reason.NO_VALUE, f"ARG {name}")

    # -- instructions --------------------------------------------------------------------------------------------

    def _from(self, instruction: Instruction) -> None:
        said, behind = flags(instruction.text, instruction.escape)
        parts = words(instruction.text, instruction.escape, behind)
        if len(parts) not in (1, 3) or (len(parts) == 3 and parts[1].raw.lower() != "as"):
            self._fault(instruction, "FROM takes an image, or an image AS a name", "Write FROM image:tag AS name.")
            if not parts:
                return
        written = expand(parts[0].raw, self._global, instruction.escape)
        name = parts[2].raw.lower() if len(parts) == 3 else ""
        place = instruction.range(parts[0].start, parts[0].end)
        head = (instruction.start, instruction.end)
        stage = Stage(len(self.built.stages), name, instruction.start, instruction.end, head, image_range=place)
        if "platform" in said:
            stage.platform = expand(said["platform"].raw, self._global, instruction.escape)
        known = self.named.get(written.lower()) if isinstance(written, str) else None
        if known is not None:
            stage.parent = known
            stage.user, stage.healthcheck = known.user, known.healthcheck
            stage.entrypoint, stage.command = known.entrypoint, known.command
            stage.ports = list(known.ports)
        elif written != SCRATCH:
            stage.image = image_of(written)
        if name in self.named:
            # Of two stages of one name the later one is meant from here on; the name tells them apart no more.
            stage.name = ""
        if name:
            self.named[name] = stage
        self.built.stages.append(stage)

    def _arg(self, instruction: Instruction, stage: Stage) -> None:
        for name, raw, place in self._pairs(instruction, bare=True):
            value: Text | None
            if raw is not None:
                value = expand(raw, stage.lookup, instruction.escape)
            elif name in self.globals:
                value = self.globals[name]
            else:
                value = None
            stage.arguments[name] = value
            if name not in _PLATFORM:
                stage.set.append({"kind": "ARG", "name": name, "value": value, "place": place})

    def _env(self, instruction: Instruction, stage: Stage) -> None:
        pairs = self._pairs(instruction)
        # All of a line is replaced with the values that count above it.
        values = [(name, expand(raw or "", stage.lookup, instruction.escape), place) for name, raw, place in pairs]
        for name, value, place in values:
            stage.variables[name] = value
            stage.set.append({"kind": "ENV", "name": name, "value": value, "place": place})

    def _user(self, instruction: Instruction, stage: Stage) -> None:
        stage.user = self._text(instruction, stage)

    def _text(self, instruction: Instruction, stage: Stage) -> tuple[Text, tuple[int, int]]:
        raw = instruction.text.strip()
        start = instruction.text.index(raw)
        return expand(raw, stage.lookup, instruction.escape), instruction.range(start, start + len(raw))

    def _expose(self, instruction: Instruction, stage: Stage) -> None:
        for word in words(instruction.text, instruction.escape):
            value = expand(word.raw, stage.lookup, instruction.escape)
            stage.ports.append((value, instruction.range(word.start, word.end)))

    def _healthcheck(self, instruction: Instruction, stage: Stage) -> None:
        _, behind = flags(instruction.text, instruction.escape)
        rest = instruction.text[behind:].strip()
        kind = rest.partition(" ")[0].upper()
        if kind not in ("NONE", "CMD"):
            self._fault(instruction, "HEALTHCHECK takes CMD or NONE", "Write HEALTHCHECK CMD command.")
            return
        stage.healthcheck = (kind == "CMD", (instruction.start, instruction.end))

    def _entrypoint(self, instruction: Instruction, stage: Stage) -> None:
        stage.entrypoint = (_command(instruction.text), (instruction.start, instruction.end))

    def _cmd(self, instruction: Instruction, stage: Stage) -> None:
        stage.command = (_command(instruction.text), (instruction.start, instruction.end))

    def _onbuild(self, instruction: Instruction, stage: Stage) -> None:
        stage.later.append((instruction.text.split()[0].upper(), (instruction.start, instruction.end)))

    def _run(self, instruction: Instruction, stage: Stage) -> None:
        said, behind = flags(instruction.text, instruction.escape)
        text = instruction.text[behind:]
        listed = exec_form(text)
        body = " ".join(listed) if listed is not None else text.strip()
        for heredoc in instruction.heredocs:
            body += "\n" + heredoc.text
        end = max([instruction.end, *(heredoc.end for heredoc in instruction.heredocs)])
        stage.runs.append(
            {
                "command": body[:MAX_TEXT],
                "mounts": [word.raw for name, word in said.items() if name == "mount"],
                "place": (instruction.start, instruction.end),
                "whole": (instruction.start, end),
            }
        )

    def _add(self, instruction: Instruction, stage: Stage) -> None:
        self._copy(instruction, stage)

    def _copy(self, instruction: Instruction, stage: Stage) -> None:
        said, behind = flags(instruction.text, instruction.escape)
        rest = instruction.text[behind:]
        listed = exec_form(rest)
        if listed is not None:
            place = instruction.range(behind, len(instruction.text.rstrip()))
            parts = [(expand(one, stage.lookup, instruction.escape), place) for one in listed]
        else:
            parts = [
                (expand(word.raw, stage.lookup, instruction.escape), instruction.range(word.start, word.end))
                for word in words(instruction.text, instruction.escape, behind)
                if not word.raw.startswith("<<")
            ]
        if len(parts) < (1 if instruction.heredocs else 2):
            help = "Write what is copied, then where to."
            self._fault(instruction, f"{instruction.keyword} takes a source and a destination", help)
            return
        copy: dict[str, Any] = {
            "instruction": instruction.keyword,
            "sources": parts[:-1],
            "destination": parts[-1],
            "checksum": expand(said["checksum"].raw, stage.lookup, instruction.escape) if "checksum" in said else None,
            "chown": expand(said["chown"].raw, stage.lookup, instruction.escape) if "chown" in said else None,
            "place": (instruction.start, instruction.end),
        }
        if "from" in said:
            copy |= self._copied_from(said["from"], instruction, stage)
        stage.copies.append(copy)

    def _copied_from(self, word: Word, instruction: Instruction, stage: Stage) -> dict[str, Any]:
        where = expand(word.raw, self._global, instruction.escape)
        place = instruction.range(word.start, word.end)
        if isinstance(where, str):
            known = self.named.get(where.lower())
            if known is None and where.isdigit() and int(where) < stage.number:
                known = self.built.stages[int(where)]
            if known is not None and known is not stage:
                return {"from_stage": (known, place)}
        return {"from_image": (image_of(where), place)}

    # -- pieces --------------------------------------------------------------------------------------------------

    def _pairs(self, instruction: Instruction, bare: bool = False) -> list[tuple[str, str | None, tuple[int, int]]]:
        """`name=value` words as (name, value, range); with `bare` a word alone is a name without a value."""
        found: list[tuple[str, str | None, tuple[int, int]]] = []
        parts = words(instruction.text, instruction.escape)
        if not bare and parts and "=" not in parts[0].raw:
            # The old form: ENV name value with blanks.
            if len(parts) == 1:
                self._fault(instruction, f"{instruction.keyword} {parts[0].raw[:40]} has no value", "Write name=value.")
                return []
            value = instruction.text[parts[1].start :].rstrip()
            return [(parts[0].raw, value, instruction.range(parts[0].start, parts[1].start + len(value)))]
        for word in parts:
            name, sign, value = word.raw.partition("=")
            if not sign and not bare:
                self._fault(instruction, f"{word.raw[:40]} is no name=value", "Put values with blanks in quotes.")
                continue
            found.append((name.strip("\"'"), value if sign else None, instruction.range(word.start, word.end)))
        return found


def _command(text: str) -> str:
    listed = exec_form(text)
    return " ".join(listed) if listed is not None else text.strip()
