"""From a folder of answers to documents."""

from __future__ import annotations

import pathlib

from nephograph.model.source import Gap, Loaded, LoadOptions, Progress
from nephograph.sources.awscli.absent import not_in_dump
from nephograph.sources.awscli.answers import Answer, answers
from nephograph.sources.awscli.gather import Gathering
from nephograph.sources.awscli.heads import is_wanted, may_be_an_answer
from nephograph.sources.awscli.operations import index
from nephograph.sources.awscli.write import written
from nephograph.sources.json_files import Files

NAME = "awscli"


def load_dump(path: pathlib.Path, shown: str, options: LoadOptions, progress: Progress) -> Loaded:
    """Every answer at or below the path."""
    files = Files(path, shown)
    known = index()
    gaps: list[Gap] = []
    found: list[Answer] = []
    entries = files.entries(is_wanted, may_be_an_answer)
    for done, entry in enumerate(entries):
        progress("reading AWS CLI answers", done, len(entries))
        found += answers(entry, files, known, gaps)
    gathering = Gathering(known, options)
    for answer in found:
        gathering.add(answer)
    loaded = Loaded(NAME, said="dump", excerpts=files.texts, files=files.count)
    written(gathering, options, loaded)
    loaded.problems = files.problems
    loaded.gaps = [*files.gaps, *gaps, *gathering.gaps, *loaded.gaps, *not_in_dump(known, loaded.answered)]
    loaded.assumptions = list(gathering.places.assumptions)
    progress("reading AWS CLI answers", len(entries), len(entries))
    return loaded
