"""Dockerfiles that are wrong, hostile, or none: a clear error, and everything else is answered."""

from __future__ import annotations

import os
import pathlib

import pytest

from nephograph.library.words import words
from nephograph.model.source import Loaded
from nephograph.sources.dockerfile import SOURCE
from tests.support.loading import by_address, load

GOOD = "FROM alpine:3.20\nUSER app\n"


def read(folder: pathlib.Path, text: str | bytes, name: str = "Dockerfile") -> Loaded:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    (folder / "beside").mkdir(exist_ok=True)
    (folder / "beside" / "Dockerfile").write_text(GOOD)
    loaded = load(SOURCE, folder)
    # Whatever is wrong with a file, its neighbour is read.
    assert by_address(loaded)["beside/Dockerfile:0"].attributes["user"] == "app"
    assert {problem.code for problem in loaded.problems} | {gap.kind for gap in loaded.gaps} <= set(words())
    return loaded


@pytest.mark.parametrize(
    ("text", "says", "line"),
    [
        ("FROM alpine:3.20\nRUNN apk add curl\nUSER app\n", "RUNN is no instruction", 2),
        ("FROM alpine:3.20\nRUN <<EOF\necho hi\nUSER app\n", "the heredoc EOF never ends", 2),
        ("RUN true\nFROM alpine:3.20\nUSER app\n", "RUN stands above the first FROM", 1),
        ("FROM alpine:3.20 build\nUSER app\n", "FROM takes an image", 1),
        ("FROM alpine:3.20\nCOPY a\nUSER app\n", "COPY takes a source and a destination", 2),
        ("FROM alpine:3.20\nENV A\nUSER app\n", "ENV A has no value", 2),
        ("FROM alpine:3.20\nHEALTHCHECK curl x\nUSER app\n", "HEALTHCHECK takes CMD or NONE", 2),
        ("# escape=x\nFROM alpine:3.20\nUSER app\n", "the escape character 'x' is none", 1),
        ("FROM alpine:3.20\nUSER\nUSER app\n", "USER says nothing", 2),
        ("", "no stage is built here", 1),
        ("FROM alpine:3.20\nUSER app\0\n", "holds a null byte", 2),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: pathlib.Path, text: str, says: str, line: int) -> None:
    loaded = read(tmp_path, text)
    (problem,) = loaded.problems
    assert problem.code == "dockerfile-syntax"
    assert says in problem.message
    assert problem.help
    assert problem.span is not None
    assert problem.span.line == line


def test_what_stands_around_a_mistake_is_read(tmp_path: pathlib.Path) -> None:
    loaded = read(tmp_path, "FROM alpine:3.20\nRUNN x\nEXPOSE 22\nUSER app\n")
    image = by_address(loaded)["Dockerfile"].attributes
    assert (image["user"], image["ports"]) == ("app", ["22"])
    assert loaded.problems[0].help == "Did you mean RUN?"


def test_a_file_of_no_text_and_a_huge_one(tmp_path: pathlib.Path) -> None:
    assert [p.code for p in read(tmp_path, b"\x89PNG\r\n\x1a\n\xff").problems] == ["invalid-utf8"]
    (tmp_path / "Dockerfile").unlink()
    with (tmp_path / "Dockerfile.huge").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    assert [p.code for p in load(SOURCE, tmp_path).problems] == ["too-large"]


def test_a_file_of_something_else_is_told_once(tmp_path: pathlib.Path) -> None:
    loaded = read(tmp_path, '{\n  "a": 1,\n  "b": 2\n}\n')
    assert len(loaded.problems) == 1
    (tmp_path / "Dockerfile").unlink()
    loaded = read(tmp_path, '{\n  "a": 1,\n  "b": 2\n}\n', "Dockerfile.data")
    assert loaded.problems == []
    assert [(gap.kind, gap.subject) for gap in loaded.gaps] == [
        ("dockerfile-syntax", f"{tmp_path.name}/Dockerfile.data")
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Dockerfile.j2", "FROM {{ base }}\n"),
        ("Dockerfile", "{%- if x %}\nFROM a:1\n{% endif %}\n"),
        ("Dockerfile", "FROM {{a}}\n"),
    ],
)
def test_a_template_is_no_dockerfile_and_is_named(tmp_path: pathlib.Path, name: str, text: str) -> None:
    loaded = read(tmp_path, text, name)
    assert loaded.problems == []
    assert [gap.kind for gap in loaded.gaps] == ["dockerfile-template"]


@pytest.mark.parametrize("name", ["Dockerfile.dockerignore", "Dockerfile.md", "my_dockerfile_notes", "Dockerfile.orig"])
def test_files_about_dockerfiles_are_left(tmp_path: pathlib.Path, name: str) -> None:
    (tmp_path / name).write_text("node_modules\n")
    assert not SOURCE.recognises(tmp_path)


@pytest.mark.parametrize(
    "name", ["Dockerfile", "Dockerfile.dev", "dev.Dockerfile", "app.dockerfile", "Containerfile", "Dockerfile-x"]
)
def test_names_of_dockerfiles(tmp_path: pathlib.Path, name: str) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / name).write_text(GOOD)
    assert SOURCE.recognises(tmp_path)
    assert SOURCE.recognises(tmp_path / "deep" / name)


def test_no_link_leaves_the_root(tmp_path: pathlib.Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("FROM alpine:3.20\nUSER stolen\n")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "Dockerfile").symlink_to(outside)
    loaded = load(SOURCE, inside)
    assert loaded.documents == []
    assert [gap.kind for gap in loaded.gaps] == ["outside-root"]


def test_a_pipe_is_not_opened(tmp_path: pathlib.Path) -> None:
    os.mkfifo(tmp_path / "Dockerfile")
    assert [p.code for p in load(SOURCE, tmp_path).problems] == ["not-a-file"]


@pytest.mark.parametrize(
    "text",
    [
        "FROM a\n" * 3 + "ARG X=" + "${X:-" * 500 + "\n",
        "FROM ${A:-${B:-${C}}}\nENV " + "A=$A$A " * 200 + "\n",
        "FROM a AS a\nFROM a AS a\nFROM a\n",
        "FROM a\nRUN " + "\\\n" * 5000 + "x\n",
        "FROM a\nRUN \\",
        'FROM a\nCOPY ["a", ' + "[" * 5000 + "\n",
        "FROM a\nRUN <<A <<B\nA\n",
        "ONBUILD\n",
        "FROM\n",
        'FROM "\n',
    ],
)
def test_nothing_of_a_hostile_text_raises(tmp_path: pathlib.Path, text: str) -> None:
    read(tmp_path, text)


def test_a_chain_of_doubling_variables_ends(tmp_path: pathlib.Path) -> None:
    lines = ["FROM scratch", "ENV A0=xxxxxxxxxx"] + [f"ENV A{n + 1}=$A{n}$A{n}" for n in range(60)]
    loaded = read(tmp_path, "\n".join(lines))
    assert sum(len(str(document.attributes)) for document in loaded.documents) < 20_000_000
