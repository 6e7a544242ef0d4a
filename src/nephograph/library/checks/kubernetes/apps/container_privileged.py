"""Container that runs privileged.

## What
A container of the deployment has `privileged` set: it sees the node's devices and kernel as root.

## Why
Whoever takes the container has the node, and every other pod on it.

## Bad
```hcl
resource "kubernetes_deployment" "agent" {
  metadata {
    name = "agent"
  }
  spec {
    template {
      spec {
        container {
          name  = "agent"
          image = "acme/agent:1.4.2"
          security_context {
            privileged = true
          }
        }
      }
    }
  }
}
```

## Good
```hcl
resource "kubernetes_deployment" "agent" {
  metadata {
    name = "agent"
  }
  spec {
    template {
      spec {
        container {
          name  = "agent"
          image = "acme/agent:1.4.2"
          security_context {
            privileged = false
          }
        }
      }
    }
  }
}
```

## Fix
Drop `privileged`; add the single capability it needs.

## References
- https://kubernetes.io/docs/concepts/security/pod-security-standards/
"""

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import is_unknown


@check(
    kind="kubernetes_deployment",
    severity=Severity.HIGH,
    topics=("workload-isolation",),
    tools=("CKV_K8S_16", "AVD-KSV-0017"),
)
def container_privileged(deployment: Resource, facts: Facts) -> Iterator[Bad]:
    """One finding a container."""
    for at in elements(deployment, "containers"):
        path = (*at, "privileged")
        said = deployment.get(*at, "name")
        name = "a container" if is_unknown(said) else f"container {said}"
        verdict = test(deployment, *path, when=lambda on: on is True, says="privileged is {value}")
        if verdict.possible:
            yield Bad(
                message=f"{name} of {deployment.label} runs privileged",
                verdict=verdict,
                path=path,
                fix=set_field(deployment, False, *path, title="run without privileges", safe=False),
                key=name,
            )
