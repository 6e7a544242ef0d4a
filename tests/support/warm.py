"""A warm session beside cold runs over the same texts."""

from __future__ import annotations

import pathlib
import random
from collections.abc import Sequence

import msgspec

from nephograph.model.answer import Answer
from nephograph.model.errors import Problem
from nephograph.session.door import open_estate
from nephograph.session.warm import WarmSession
from nephograph.session.warm.session import NO_SNAPSHOT

TODAY = "2026-01-01"


def of_cold(path: pathlib.Path) -> Answer:
    return open_estate([str(path)], today=TODAY).ask("check", paths=(str(path),))


def cold(path: pathlib.Path) -> bytes:
    return said(msgspec.structs.replace(of_cold(path), snapshot=NO_SNAPSHOT))


def mistakes(answer: Answer) -> list[Problem]:
    return sorted((one for one in answer.errors if one.code == "syntax"), key=str)


def still(last: Answer, now: Answer) -> Answer:
    """The last answer, with what is told of the syntax error alone."""
    return msgspec.structs.replace(last, errors=now.errors, assumptions=(*last.assumptions, now.assumptions[-1]))


def said(answer: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(answer, enc_hook=str))


def edited(text: str, swaps: Sequence[tuple[str, str]], rng: random.Random) -> str:
    """The text with one thing changed somewhere."""
    old, new = rng.choice(swaps)
    places = [at for at in range(len(text)) if text.startswith(old, at)]
    if not places:
        at = rng.randrange(len(text))
        return text[:at] + rng.choice(["\n", " ", "#", '"']) + text[at:]
    at = rng.choice(places)
    return text[:at] + new + text[at + len(old) :]


def walk(tree: pathlib.Path, swaps: Sequence[tuple[str, str]], rng: random.Random, steps: int) -> int:
    """Edit, compare with a cold run over the same text; mistakes are mended in the next step, as people do."""
    session = WarmSession(str(tree), today=TODAY)
    assert said(session.answer()) == cold(tree)
    followed = 0
    for _ in range(steps):
        file = rng.choice(sorted(tree.rglob("*.tf")))
        before = file.read_text()
        for text in (edited(before, swaps, rng), before):
            file.write_text(text)
            last, step, answer = session.answer(), session.last, session.edit(str(file), text)
            if session.last.behind:
                if not step.anew and not step.behind:
                    assert said(answer) == said(still(last, answer)), session.last
                assert mistakes(answer) == mistakes(of_cold(tree)) != []
            else:
                assert said(answer) == cold(tree), session.last
            followed += not session.last.anew
            if not session.last.anew and rng.random() < 0.4:
                # Some edits stay; what has to be loaded anew is taken back.
                break
    return followed
