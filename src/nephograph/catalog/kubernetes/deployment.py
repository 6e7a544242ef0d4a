"""Kubernetes Deployment. Environment values are never read: only which variables hold a credential in the code."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Either,
    Fields,
    Kind,
    Spelling,
    flag,
    items,
    mapping,
    number,
    text,
    texts,
)
from nephograph.catalog.readers import CREDENTIAL, says
from nephograph.model.resource import Class


def _credentials(container: Cursor) -> Tree:
    """The names of the variables that sound like credentials and whose value is written in the code."""
    found: list[Tree] = []
    for variable in container.at("env").each():
        if variable.unknown:
            continue
        name, value = variable.at("name"), variable.at("value")
        if isinstance(name.value, str) and CREDENTIAL.search(name.value) and says(value) and not value.unknown:
            found.append(value.be(name.value))
    return found or None


def _container(container: Cursor, pod: Cursor, init: bool) -> Tree:
    """One container; what its security context leaves out, the pod's says."""
    if container.unknown:
        return container
    own, shared = container.at("security_context"), pod.at("security_context")

    def either(name: str) -> Cursor:
        return own.at(name) if says(own.at(name)) else shared.at(name)

    return {
        "name": container.at("name"),
        "image": container.at("image"),
        "init": container.be(init),
        "privileged": own.at("privileged"),
        "run_as_non_root": either("run_as_non_root"),
        "run_as_user": either("run_as_user"),
        "privilege_escalation": own.at("allow_privilege_escalation"),
        "read_only_root": own.at("read_only_root_filesystem"),
        "added_capabilities": own.at("capabilities", "add"),
        "ports": [port if port.unknown else port.at("container_port") for port in container.at("port").each()] or None,
        "credentials_in_code": _credentials(container),
    }


def _containers(document: Cursor) -> Tree:
    pod = document.at("spec", "template", "spec")
    if pod.unknown:
        return pod
    found: list[Tree] = []
    for name, init in (("container", False), ("init_container", True)):
        found += [_container(container, pod, init) for container in pod.at(name).each()]
    return found or None


_POD = "spec.template.spec"
_FIELDS: Fields = {
    "name": "metadata.name",
    "namespace": "metadata.namespace",
    "service_account": Either((f"{_POD}.service_account_name", f"{_POD}.service_account")),
    "mounts_token": f"{_POD}.automount_service_account_token",
    "containers": _containers,
    "host_network": f"{_POD}.host_network",
    "host_pid": f"{_POD}.host_pid",
    "host_ipc": f"{_POD}.host_ipc",
    "labels": "spec.template.metadata.labels",
    "tags": "metadata.labels",
}

KIND = Kind(
    native="apps/v1/Deployment",
    service="apps",
    cls=Class.CONTAINER,
    identity=("namespace", "name"),
    id="{namespace}/{name}",
    label="name",
    fields={
        "name": text(),
        "namespace": text(default="default"),
        "service_account": text(default="default"),
        "mounts_token": flag(default=True),
        "containers": items(
            name=text(),
            image=text(),
            init=flag(),
            privileged=flag(default=False),
            run_as_non_root=flag(),
            run_as_user=number(),
            privilege_escalation=flag(default=True),
            read_only_root=flag(default=False),
            added_capabilities=texts(),
            ports=texts(),
            credentials_in_code=texts(),
        ),
        "host_network": flag(default=False),
        "host_pid": flag(default=False),
        "host_ipc": flag(default=False),
        "labels": mapping(),
        "tags": mapping(),
    },
    spellings=(
        Spelling("terraform", "kubernetes_deployment", _FIELDS, ignores=("wait_for_rollout",)),
        Spelling("terraform", "kubernetes_deployment_v1", _FIELDS, ignores=("wait_for_rollout",)),
    ),
    references=("https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",),
)
