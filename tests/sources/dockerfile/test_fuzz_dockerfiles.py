"""Random Dockerfiles: nothing raises, every place lies in the file, and what stands above a mistake is read."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from nephograph.sources.dockerfile.document import image_document, stage_document
from nephograph.sources.dockerfile.reader import parse
from nephograph.sources.dockerfile.stages import build
from nephograph.sources.terraform.texts import Text

PIECES = st.sampled_from(
    [
        *("FROM a", "FROM a:1 AS b", "FROM b", "FROM ${X}:${Y:-1}", "FROM scratch", "FROM", "from A as"),
        *("ARG X", "ARG X=1", "ENV A=$X B='c d'", "ENV A b c", "ENV", "USER $A", "USER root:root"),
        *("RUN a && b \\", "RUN <<E", "E", 'RUN ["a", "b"]', "RUN --mount=type=secret,id=x cat", "COPY --from=b x y"),
        *("COPY <<E /x", "ADD https://x.example/y /z", 'COPY ["a b", "/c"]', "EXPOSE 80 22/tcp ${X}", "ONBUILD RUN x"),
        *(
            "HEALTHCHECK NONE",
            "HEALTHCHECK CMD true",
            "# a comment",
            "# escape=`",
            "NOPE x",
            "\\",
            "`",
            "",
            "  ",
            "\t# x",
        ),
        *("'", '"', "${", "$", "<<", "é\u2028x", "\0", "--a=b", "LABEL a=b"),
    ]
)
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from(["\n", "\n", "\n", "\r\n", " ", "\\\n", " \\\n"])), max_size=25)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_nothing_raises_and_every_place_lies_in_the_file(parts: list[tuple[str, str]]) -> None:
    content = "".join(piece + end for piece, end in parts)
    parsed = parse(content)
    built = build(parsed)
    text = Text("Dockerfile", "Dockerfile", content)
    lines = len(text.starts)
    documents = [stage_document("Dockerfile", s, False, text, ".") for s in built.stages]
    if built.stages:
        documents.append(image_document("Dockerfile", built.stages, text, "."))
    assert len({document.address for document in documents}) == len(documents)
    for document in documents:
        for path, (start, end) in document.places.items():
            assert 0 <= start <= end <= len(content), path
            origin = document.origin(path)
            assert origin is not None
            assert origin.span is not None
            assert 1 <= origin.span.line <= origin.span.end_line <= lines
    for fault in (*parsed.faults, *built.faults):
        assert 0 <= fault.start <= fault.end <= len(content)


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_what_stands_above_a_mistake_is_read(parts: list[tuple[str, str]]) -> None:
    content = "FROM alpine:3.20\nUSER app\n" + "".join(piece + end for piece, end in parts)
    first = build(parse(content)).stages[0]
    assert first.image is not None
    assert first.image.name == "docker.io/library/alpine:3.20"
