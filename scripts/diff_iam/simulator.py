"""The npm simulator as a process of its own, asked over JSON lines."""

from __future__ import annotations

import json
import pathlib
import subprocess

from scripts.diff_iam.shape import Json

ROOT = pathlib.Path(__file__).resolve().parents[2]
PLACE = ROOT / ".bench" / "diff-iam"
PACKAGE = "@cloud-copilot/iam-simulate"


DRIVER = """
import { anonymousPrincipal, runSimulation } from '%s'
import { createInterface } from 'node:readline'
for await (const line of createInterface({ input: process.stdin })) {
  const simulation = JSON.parse(line)
  if (simulation.request.principal === 'anonymous') simulation.request.principal = anonymousPrincipal
  let answer
  const before = process.cpuUsage()
  try {
    const found = await runSimulation(simulation, {})
    answer = found.resultType === 'error'
      ? { error: JSON.stringify(found.errors) }
      : { result: found.overallResult, ignored: found.result?.ignoredContextKeys ?? [] }
  } catch (failure) {
    answer = { error: String(failure) }
  }
  const spent = process.cpuUsage(before)
  answer.us = spent.user + spent.system
  process.stdout.write(JSON.stringify(answer) + '\\n')
}
"""


def install() -> str:
    """Have npm fetch the simulator unless it is there; its version. Raises OSError and CalledProcessError."""
    PLACE.mkdir(parents=True, exist_ok=True)
    if not (PLACE / "node_modules" / PACKAGE).is_dir():
        (PLACE / "package.json").write_text('{"private": true, "type": "module"}\n')
        flags = ("--no-package-lock", "--no-audit", "--no-fund", "--no-save", "--silent")
        subprocess.run(["npm", "install", *flags, PACKAGE], cwd=PLACE, check=True)
    (PLACE / "driver.mjs").write_text(DRIVER % PACKAGE)
    version: str = json.loads((PLACE / "node_modules" / PACKAGE / "package.json").read_text())["version"]
    return version


class Theirs:
    """The simulator: one persistent node process. `microseconds` is the CPU time of its decisions alone."""

    def __init__(self) -> None:
        self.microseconds = 0
        self.calls = 0
        self._process = subprocess.Popen(
            ["node", "driver.mjs"], cwd=PLACE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def decide(self, one: Json) -> Json:
        """`result` and `ignored`, or `error`."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(_as_simulation(one)) + "\n")
        self._process.stdin.flush()
        answer: Json = json.loads(self._process.stdout.readline())
        self.microseconds += answer["us"]
        self.calls += 1
        return answer

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=10)


def _as_simulation(one: Json) -> Json:
    request, policies = one["request"], one["policies"]
    named = lambda docs, prefix: [{"name": f"{prefix}{i}", "policy": doc} for i, doc in enumerate(docs)]  # noqa: E731
    levels = lambda said, prefix: [  # noqa: E731
        {"orgIdentifier": f"level{i}", "policies": named(docs, f"{prefix}{i}-")} for i, docs in enumerate(said)
    ]
    found: Json = {
        "request": {
            "principal": request["principal"],
            "action": request["action"],
            "resource": {"resource": request["resource"], "accountId": request["resource_account"]},
            "contextVariables": request["context"],
        },
        "identityPolicies": named(policies["identity"], "i"),
        "serviceControlPolicies": levels(policies["scp"], "s"),
        "resourceControlPolicies": levels(policies["rcp"], "r"),
    }
    if policies["resource"] is not None:
        found["resourcePolicy"] = policies["resource"]
    if policies["boundary"]:
        found["permissionBoundaryPolicies"] = named(policies["boundary"], "b")
    if policies["endpoint"]:
        found["vpcEndpointPolicies"] = named(policies["endpoint"], "e")
    if policies["session"]:
        found["sessionPolicy"] = policies["session"][0]
    return found
