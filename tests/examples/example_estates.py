"""Where the sample estates and their golden answers are."""

import json
from pathlib import Path
from typing import Any

from hcl_text import Tree, read

HERE = Path(__file__).parent
EXAMPLES = HERE.parent.parent / "examples"
GOLDEN: dict[str, Any] = json.loads((HERE / "shop_golden.json").read_text())

WORDS = {
    # Words of the shop that stand in names alone: never a key of a map, never a word of AWS.
    "shop": (
        "shop",
        "data-reader",
        "data-etl",
        "data-analytics",
        "customer",
        "migrations",
        "deploy",
        "platform",
        "webhook",
        "retry",
        "importer",
        "bastion",
        "ops",
        "release",
    )
}


def estate_trees() -> dict[str, Tree]:
    """Name of the estate to its files, without what Terraform leaves behind."""
    return {
        path.name: {name: text for name, text in read(path).items() if ".terraform" not in name}
        for path in sorted(EXAMPLES.iterdir())
        if path.is_dir()
    }
