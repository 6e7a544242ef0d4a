"""How plans and states of Terraform begin: told apart by their first members, without reading them whole."""

from __future__ import annotations

from nephograph.sources.json_files import head_keys

_ONLY_PLANS = frozenset(
    {
        "applyable",
        "output_changes",
        "planned_values",
        "prior_state",
        "proposed_unknown",
        "relevant_attributes",
        "resource_changes",
        "resource_drift",
    }
)
"""Top-level members that no other file of Terraform has."""

_SAVED = b"PK\x03\x04"


def is_plan(head: bytes) -> bool:
    """True when a file begins like what `terraform show -json` prints of a plan."""
    keys = head_keys(head).keys()
    return bool(_ONLY_PLANS & keys) or ("format_version" in keys and bool({"variables", "configuration"} & keys))


def is_saved_plan(name: str, head: bytes) -> bool:
    """True for the file that `terraform plan -out` writes: a zip archive, not for other programs to read."""
    return head.startswith(_SAVED) and "plan" in name.lower()


def is_state(head: bytes) -> bool:
    """True when a file begins like a state of whatever version, or what `terraform show -json` prints of one."""
    keys = head_keys(head).keys()
    if "encrypted_data" in keys or {"lineage", "serial"} <= keys:
        return True
    if "version" in keys and bool({"terraform_version", "serial", "modules"} & keys):
        return True
    if "format_version" not in keys or is_plan(head):
        return False
    return "values" in keys or keys <= {"format_version", "terraform_version", "checks"}
