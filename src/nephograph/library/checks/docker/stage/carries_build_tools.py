"""Image that carries the tools it was built with.

## What
The file has one stage, and that stage starts from an image made for building (golang, rust, maven, gradle, gcc, a SDK
of .NET) or installs compilers. A stage that another one takes files from is quiet. Info.

## Why
Compilers and headers make the image large, bring holes of their own, and serve whoever takes the process.

## Bad
```dockerfile
FROM golang:1.23
RUN go build -o /app ./...
USER 1000
CMD ["/app"]
```

## Good
```dockerfile
FROM golang:1.23 AS build
RUN go build -o /app ./...

FROM gcr.io/distroless/static:nonroot
COPY --from=build /app /app
CMD ["/app"]
```

## Fix
Build in one stage, and copy what is run into a last stage that starts from a small image.

## References
- https://docs.docker.com/build/building/multi-stage/
"""

from collections.abc import Iterator

from nephograph.library.builds import installs, repository
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.library.shell import commands
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import is_unknown
from nephograph.model.verdict import all_of, any_of

_MADE_FOR_BUILDING = frozenset(
    [
        f"docker.io/library/{name}"
        for name in ["golang", "rust", "maven", "gradle", "gcc", "haskell", "swift", "buildpack-deps"]
    ]
    + ["mcr.microsoft.com/dotnet/sdk"]
)
_COMPILERS = frozenset(
    ["build-essential", "build-base", "gcc", "g++", "clang", "make", "cmake", "golang", "rustc", "cargo"]
)


def _builds(image: object) -> bool:
    # (slim flavours of images for building still hold the compiler)
    return image is not None and repository(image) in _MADE_FOR_BUILDING


def _keeps_compilers(runs: object) -> bool:
    """Is a compiler installed, and not removed again in the same RUN?"""
    for run in runs if isinstance(runs, list) else ():
        command = None if is_unknown(run) else run.get("command")
        script = commands(command) if isinstance(command, str) else ()
        packages = {package for one in script for package in installs(one)[1]}
        cleaned = any({"purge", "remove", "del", "autoremove"} & set(one.arguments[:1]) for one in script)
        if packages & _COMPILERS and not cleaned:
            return True
    return False


@check(kind="docker_stage", severity=Severity.INFO, topics=("workload-isolation", "cost"), language="dockerfile")
def carries_build_tools(stage: Resource, facts: Facts) -> Iterator[Bad]:
    """It is the only stage, and holds a compiler."""
    last = test(stage, "final", when=lambda final: final is True, says="it is the last stage")
    first = test(stage, "number", when=lambda number: number == 0, says="and the first")
    base = test(stage, "image", when=_builds, says="{value} is made for building")
    tools = test(stage, "runs", when=_keeps_compilers, says="a compiler is installed")
    wrong = all_of((last, first, any_of((base, tools))))
    yield from bad_if(wrong, "image", message=f"{stage.label} is run with the tools it was built with")
