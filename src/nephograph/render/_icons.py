"""How the classes of the model look: a hue and a small line icon each. A class without one gets the plain look."""

from __future__ import annotations

import msgspec


class Look(msgspec.Struct, frozen=True):
    """`hue` names a colour of `HUES`; `icon` is an SVG path in a square of 20."""

    hue: str
    icon: str


HUES: dict[str, tuple[str, str]] = {
    "slate": ("#475569", "#94a3b8"),
    "blue": ("#2563eb", "#60a5fa"),
    "cyan": ("#0e7490", "#22d3ee"),
    "orange": ("#c2410c", "#fb923c"),
    "violet": ("#7c3aed", "#a78bfa"),
    "green": ("#15803d", "#4ade80"),
    "rose": ("#be185d", "#f472b6"),
}
"""The colour on a light and on a dark page; each has a contrast of at least 4.5 to its page."""

_GLOBE = (
    "M10 2.5a7.5 7.5 0 1 0 0 15a7.5 7.5 0 1 0 0-15M2.5 10h15M10 2.5c-4.6 4.6-4.6 10.4 0 15M10 2.5c4.6 4.6 4.6 10.4 0 15"
)
_SERVER = "M3 3.8h14v5H3zM3 11.2h14v5H3zM5.8 6.3h.6M5.8 13.7h.6M9 6.3h5M9 13.7h5"
_CUBE = "M10 2.3l6.7 3.8v7.8L10 17.7l-6.7-3.8V6.1zM3.3 6.1L10 9.9l6.7-3.8M10 9.9v7.8"
_LAMBDA = "M5.5 3.5h2.6l6 13h2.4M9.8 8.2L5.2 16.5"
_PERSON = "M10 9.8a3.2 3.2 0 1 0 0-6.4a3.2 3.2 0 0 0 0 6.4M3.8 16.8c.6-3.3 3-4.8 6.2-4.8s5.6 1.5 6.2 4.8"
_BUCKET = (
    "M3.4 5.4c0-1.2 2.9-2.1 6.6-2.1s6.6.9 6.6 2.1-2.9 2.1-6.6 2.1-6.6-.9-6.6-2.1"
    "l1.7 9.3c.2 1 2.3 1.8 4.9 1.8s4.7-.8 4.9-1.8l1.7-9.3"
)
_CYLINDER = (
    "M4 5.3C4 3.9 6.7 2.8 10 2.8s6 1.1 6 2.5-2.7 2.5-6 2.5-6-1.1-6-2.5"
    "v9.4c0 1.4 2.7 2.5 6 2.5s6-1.1 6-2.5V5.3"
    "M4 10c0 1.4 2.7 2.5 6 2.5s6-1.1 6-2.5"
)
_LOCK = "M4.5 9h11v7.8h-11zM6.8 9V6.2a3.2 3.2 0 0 1 6.4 0V9M10 12v2"
_KEY = "M6.5 13.3a3.3 3.3 0 1 0 0-6.6a3.3 3.3 0 0 0 0 6.6M9.8 10h7.7M14 10v3M17 10v2.4"
_SPLIT = "M2.5 10h5L13 4.8h4.5M7.5 10h10M7.5 10l5.5 5.2h4.5"
_HUB = "M7.5 2.8h5v4h-5zM2.5 13.2h5v4h-5zM12.5 13.2h5v4h-5zM10 6.8V10M5 13.2V10h10v3.2"
_SHIELD = "M10 2.4l6.2 2.3v4.6c0 4-2.7 6.8-6.2 8.3-3.5-1.5-6.2-4.3-6.2-8.3V4.7z"
_LINES = "M3.5 5.5h13M3.5 10h13M3.5 14.5h13"
_PIN = (
    "M10 17.5c-3.7-4-5.5-6.8-5.5-9.3a5.5 5.5 0 0 1 11 0c0 2.5-1.8 5.3-5.5 9.3"
    "M10 9.8a1.8 1.8 0 1 0 0-3.6a1.8 1.8 0 0 0 0 3.6"
)
_SQUARE = "M4 4h12v12H4z"

PLAIN = Look("slate", _SQUARE)

LOOKS: dict[str, Look] = {
    "account": Look("slate", _CUBE),
    "backup": Look("green", _CYLINDER),
    "compute_instance": Look("orange", _SERVER),
    "container_workload": Look("orange", _CUBE),
    "database": Look("green", _CYLINDER),
    "encryption_key": Look("rose", _KEY),
    "function": Look("orange", _LAMBDA),
    "network_gateway": Look("blue", _SPLIT),
    "generic": PLAIN,
    "identity_provider": Look("violet", _SHIELD),
    "image": Look("orange", _CUBE),
    "internet": Look("slate", _GLOBE),
    "load_balancer": Look("blue", _SPLIT),
    "network": Look("blue", _HUB),
    "network_interface": Look("blue", _PIN),
    "object_storage": Look("green", _BUCKET),
    "policy": Look("violet", _SHIELD),
    "principal": Look("violet", _PERSON),
    "public_address": Look("blue", _PIN),
    "queue": Look("cyan", _LINES),
    "route_table": Look("blue", _LINES),
    "secret": Look("rose", _LOCK),
    "security_group": Look("cyan", _SHIELD),
    "subnet": Look("blue", _HUB),
}
