"""What a Dockerfile says, instruction by instruction, with the place of every value."""

from __future__ import annotations

import pathlib
from typing import Any

from nephograph.model.resource import Class
from nephograph.model.source import Loaded
from nephograph.model.value import Unknown
from nephograph.session import open_estate
from nephograph.sources.dockerfile import SOURCE
from tests.support.loading import by_address, load


def read(folder: pathlib.Path, text: str, name: str = "Dockerfile") -> Loaded:
    (folder / name).write_text(text, encoding="utf-8")
    return load(SOURCE, folder)


def stage(folder: pathlib.Path, text: str, number: int | str = 0) -> dict[str, Any]:
    loaded = read(folder, text)
    assert loaded.problems == []
    return dict(by_address(loaded)[f"Dockerfile:{number}"].attributes)


def symbol(value: Any) -> Any:
    return value.symbol if isinstance(value, Unknown) else value


def test_continuations_comments_and_blank_lines_make_one_command(tmp_path: pathlib.Path) -> None:
    text = "FROM alpine:3.20\nRUN apk add \\\n    # what it needs\n\n    curl \\\n    jq\nUSER 1\n"
    (run,) = stage(tmp_path, text)["runs"]
    assert run["command"].split() == ["apk", "add", "curl", "jq"]


def test_the_escape_directive_is_heeded_at_the_top_only(tmp_path: pathlib.Path) -> None:
    top = "# escape=`\nFROM alpine:3.20\nRUN one `\n two\nCOPY c:\\x\\ d:\\\n"
    read_ = stage(tmp_path, top)
    assert read_["runs"][0]["command"].split() == ["one", "two"]
    assert read_["copies"][0]["sources"] == ["c:\\x\\"]
    below = "# a remark\n# escape=`\nFROM alpine:3.20\nRUN one \\\n two\n"
    assert stage(tmp_path, below)["runs"][0]["command"].split() == ["one", "two"]


def test_heredocs_belong_to_their_instruction(tmp_path: pathlib.Path) -> None:
    text = (
        "FROM alpine:3.20\nRUN <<EOF bash\nset -e\nFROM nothing\nEOF\n"
        "COPY <<-\"A\" <<B /etc/\n\tfirst\n\tA\nsecond\nB\nRUN echo '<<EOF' $((1<<2))\nUSER app\n"
    )
    read_ = stage(tmp_path, text)
    assert "FROM nothing" in read_["runs"][0]["command"]
    assert read_["copies"][0]["destination"] == "/etc/"
    assert read_["copies"][0]["sources"] == []
    assert len(read_["runs"]) == 2
    assert read_["user"] == "app"


def test_variables_are_replaced_as_docker_does(tmp_path: pathlib.Path) -> None:
    text = (
        "FROM alpine:3.20\nENV a=one b='$a' c=\"$a two\" d=$a\nENV a=three e=$a\n"
        "USER ${a}-${none:-else}-${a:+set}-\\$a\nCOPY $d ${c%x} /\n"
    )
    read_ = stage(tmp_path, text)
    values = {one["name"]: symbol(one["value"]) for one in read_["variables"]}
    # All of a line is replaced with what counted above it.
    assert values == {
        "a": "three",
        "b": "$a",
        "c": "⟨a of the base image⟩ two",
        "d": "⟨a of the base image⟩",
        "e": "one",
    }
    assert symbol(read_["user"]) == "three-⟨none of the base image⟩-set-$a"
    assert isinstance(read_["copies"][0]["sources"][1], Unknown)


def test_a_build_argument_without_a_default_is_not_known(tmp_path: pathlib.Path) -> None:
    text = "ARG REG\nARG TAG=3.20\nFROM ${REG}/base:${TAG}\nARG TAG\nARG WHO\nUSER ${WHO}\nLABEL x=$TAG\n"
    read_ = stage(tmp_path, text)
    assert symbol(read_["image"]["name"]) == "⟨ARG REG⟩/base:3.20"
    assert read_["image"]["tag"] == "3.20"
    assert isinstance(read_["image"]["registry"], Unknown)
    assert symbol(read_["user"]) == "⟨ARG WHO⟩"
    assert {one["name"]: one["value"] for one in read_["variables"]} == {"TAG": "3.20", "WHO": None}


def test_an_argument_above_from_is_not_seen_in_a_stage_that_does_not_declare_it(tmp_path: pathlib.Path) -> None:
    assert symbol(stage(tmp_path, "ARG U=root\nFROM alpine:3.20\nUSER $U\n")["user"]) == "⟨U of the base image⟩"
    assert stage(tmp_path, "ARG U=app\nFROM alpine:3.20\nARG U\nUSER $U\n")["user"] == "app"


def test_nothing_sets_a_variable_of_the_empty_image(tmp_path: pathlib.Path) -> None:
    assert stage(tmp_path, "FROM scratch\nUSER x$NONE\n")["user"] == "x"


def test_stages_and_images_are_told_apart(tmp_path: pathlib.Path) -> None:
    text = (
        "FROM golang:1.23 AS Build\nUSER app\nENV MODE=x\n"
        "FROM build AS test\nRUN go test\n"
        "FROM alpine:3.20\nCOPY --from=build /a /a\nCOPY --from=0 /b /b\n"
        "COPY --from=nginx:1.27 /c /c\nCOPY --from=9 /d /d\n"
    )
    loaded = read(tmp_path, text)
    found = by_address(loaded)
    assert set(found) == {
        "Dockerfile",
        "Dockerfile:build",
        "Dockerfile:test",
        "Dockerfile:2",
        "image docker.io/library/golang:1.23",
        "image docker.io/library/alpine:3.20",
        "image docker.io/library/nginx:1.27",
        "image docker.io/library/9:latest",
    }
    tests = found["Dockerfile:test"].attributes
    assert (tests["parent"], tests["user"]) == ("Dockerfile:build", "app")
    copies = found["Dockerfile:2"].attributes["copies"]
    assert [copy.get("from_stage") for copy in copies] == ["Dockerfile:build", "Dockerfile:build", None, None]
    assert found["Dockerfile"].attributes["stage"] == "Dockerfile:2"
    assert found["Dockerfile"].attributes["base"] == "docker.io/library/alpine:3.20"


def test_the_image_has_what_its_stage_has_of_the_stages_below(tmp_path: pathlib.Path) -> None:
    text = "FROM alpine:3.20 AS base\nUSER app\nEXPOSE 80\nHEALTHCHECK CMD true\nFROM base\nEXPOSE 81/udp\n"
    image = by_address(read(tmp_path, text))["Dockerfile"]
    assert image.attributes["user"] == "app"
    assert image.attributes["ports"] == ["80", "81/udp"]
    assert image.attributes["healthcheck"] is True
    origin = image.origin(("user",))
    assert origin is not None
    assert origin.span is not None
    assert (origin.span.line, origin.span.column, origin.span.end_column) == (2, 6, 9)


def test_names_of_images(tmp_path: pathlib.Path) -> None:
    wanted = {
        "alpine": ("docker.io", "library/alpine", None, None),
        "bitnami/redis:7": ("docker.io", "bitnami/redis", "7", None),
        "localhost:5000/a/b": ("localhost:5000", "a/b", None, None),
        "ghcr.io/a/b:1@sha256:2f": ("ghcr.io", "a/b", "1", "sha256:2f"),
        "alpine@sha256:2f": ("docker.io", "library/alpine", None, "sha256:2f"),
    }
    for name, parts in wanted.items():
        image = stage(tmp_path, f"FROM {name}\n")["image"]
        assert (image["registry"], image["repository"], image["tag"], image["digest"]) == parts


def test_a_place_behind_a_continuation_is_the_place_in_the_file(tmp_path: pathlib.Path) -> None:
    loaded = read(tmp_path, "FROM alpine:3.20\nEXPOSE 80 \\\n       2222\nCOPY a \\\n  b /x\n")
    origin = by_address(loaded)["Dockerfile"].origin(("ports", 1))
    assert origin is not None
    assert origin.span is not None
    assert (origin.span.line, origin.span.column, origin.span.end_column) == (3, 8, 12)
    origin = by_address(loaded)["Dockerfile:0"].origin(("copies", 0, "sources", 1))
    assert origin is not None
    assert origin.span is not None
    assert (origin.span.line, origin.span.column) == (5, 3)


def test_windows_line_ends_and_a_byte_order_mark(tmp_path: pathlib.Path) -> None:
    loaded = read(tmp_path, "\ufeffFROM alpine:3.20\r\nRUN a \\\r\n  b\r\nUSER x\r\n")
    assert loaded.problems == []
    assert by_address(loaded)["Dockerfile:0"].attributes["user"] == "x"


def test_the_old_form_of_env_takes_the_whole_line(tmp_path: pathlib.Path) -> None:
    (one,) = stage(tmp_path, "FROM alpine:3.20\nENV GREETING hello there world\n")["variables"]
    assert (one["name"], one["value"]) == ("GREETING", "hello there world")


def test_what_a_credential_is_worth_is_not_kept(tmp_path: pathlib.Path) -> None:
    secret = "Tr0ub4dor-and-3"
    run = f"curl -u me https://u:{secret}@x.example/ --password={secret}"
    text = f"FROM alpine:3.20\nENV DB_PASSWORD={secret}\nRUN {run}\n"
    loaded = read(tmp_path, text)
    shown = [str(document.attributes) for document in loaded.documents]
    assert loaded.excerpts is not None
    shown += [loaded.excerpts.line(f"{tmp_path.name}/Dockerfile", number) or "" for number in (2, 3)]
    assert not [one for one in shown if secret in one]
    (kept,) = by_address(loaded)["Dockerfile:0"].attributes["runs"]
    assert kept["credential"] is True


def test_what_runs_later_is_named(tmp_path: pathlib.Path) -> None:
    loaded = read(tmp_path, "FROM alpine:3.20\nONBUILD COPY . /app\n")
    assert [(gap.kind, gap.subject) for gap in loaded.gaps] == [("onbuild", "ONBUILD COPY")]


def test_equal_images_are_one_node_and_two_files_two_images(tmp_path: pathlib.Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "Dockerfile.dev").write_text("FROM alpine:3.20\n")
    loaded = read(tmp_path, "FROM docker.io/library/alpine:3.20\n")
    assert sorted(by_address(loaded)) == [
        "Dockerfile",
        "Dockerfile:0",
        "a/Dockerfile.dev",
        "a/Dockerfile.dev:0",
        "image docker.io/library/alpine:3.20",
    ]


def test_an_image_of_ecr_is_linked_to_its_repository(tmp_path: pathlib.Path) -> None:
    (tmp_path / "main.tf").write_text(
        'provider "aws" {\n  region = "eu-west-1"\n  allowed_account_ids = ["111122223333"]\n}\n'
        'resource "aws_ecr_repository" "base" {\n  name = "shop/base"\n}\n'
    )
    (tmp_path / "Dockerfile").write_text("FROM 111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/base:7\nUSER app\n")
    estate = open_estate([str(tmp_path)]).estate
    (base,) = estate.of_kind("docker_base")
    (edge,) = estate.outgoing(base.urn)
    assert (edge.kind, estate.resources[edge.target].address) == ("kept_in", "aws_ecr_repository.base")
    (stage_,) = estate.of_kind("docker_stage")
    assert [(edge.kind, edge.target) for edge in estate.outgoing(stage_.urn)] == [("built_from", base.urn)]


def test_what_is_built_and_what_it_is_built_from_are_images(tmp_path: pathlib.Path) -> None:
    (tmp_path / "Dockerfile").write_text("FROM alpine:3.20\nUSER app\n")
    session = open_estate([str(tmp_path)])
    assert sorted(one.kind for one in session.estate.of_class(Class.IMAGE)) == [
        "docker_base",
        "docker_image",
        "docker_stage",
    ]
    coverage = session.ask("check").coverage
    assert (coverage.seen, coverage.evaluated) == (3, 3)
