"""Build that does not look at certificates.

## What
A RUN turns off the check of TLS certificates for what it fetches: curl -k, wget --no-check-certificate, pip
--trusted-host, npm and git told not to verify.

## Why
Whoever stands on the way between answers in place of the server, and decides what goes into the image. Medium: the
way has to be held first.

## Bad
```dockerfile
FROM debian:12-slim
RUN curl -k -o /opt/tool https://example.com/tool
```

## Good
```dockerfile
FROM debian:12-slim
RUN curl -fsSL --cacert /etc/ssl/own.pem -o /opt/tool https://example.com/tool
```

## Fix
Give the build the certificate of the authority it should trust.

## References
- https://curl.se/docs/manpage.html#-k
- https://pip.pypa.io/en/stable/cli/pip/#cmdoption-trusted-host
"""

from collections.abc import Iterator

from nephograph.library.builds import runs_with
from nephograph.library.sdk import Bad, check
from nephograph.library.shell import Command
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource

_OPTIONS = {
    "curl": frozenset({"-k", "--insecure", "--proxy-insecure"}),
    "wget": frozenset({"--no-check-certificate"}),
    "pip": frozenset({"--trusted-host"}),
    "pip3": frozenset({"--trusted-host"}),
}


def _unverified(script: tuple[Command, ...]) -> bool:
    """Is a tool told not to verify whom it talks to?"""
    for command in script:
        if command.options & _OPTIONS.get(command.name, frozenset()):
            return True
        words = " ".join(command.bare).lower().replace("=", " ")
        if command.name in ("npm", "yarn", "pnpm") and "strict-ssl false" in words:
            return True
        if command.name == "git" and "http.sslverify false" in words:
            return True
        if command.name in ("yum", "dnf", "yum-config-manager") and "sslverify 0" in words:
            return True
    return False


@check(
    kind="docker_stage",
    severity=Severity.MEDIUM,
    topics=("supply-chain", "encryption-in-transit"),
    tools=("CKV2_DOCKER_2", "CKV2_DOCKER_3", "CKV2_DOCKER_4", "CKV2_DOCKER_13", "CKV2_DOCKER_15"),
    language="dockerfile",
)
def verification_off(stage: Resource, facts: Facts) -> Iterator[Bad]:
    """One finding a RUN."""
    yield from runs_with(
        stage, _unverified, "certificates are not looked at", f"{stage.label} fetches from whoever answers"
    )
