"""Small trees of code, written for one test."""

from __future__ import annotations

import pathlib
import textwrap

from nephograph.session import Session, open_estate


def write(root: pathlib.Path, **files: str) -> pathlib.Path:
    """Write files (`main="…"` is main.tf, `modules__web__main` is modules/web/main.tf); returns the root."""
    for name, text in files.items():
        path = root.joinpath(*name.split("__")).with_suffix(".tf")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text))
    return root


def estate_of(root: pathlib.Path, **files: str) -> Session:
    """The opened estate of such files."""
    return open_estate([str(write(root, **files))], today="2026-01-01")
