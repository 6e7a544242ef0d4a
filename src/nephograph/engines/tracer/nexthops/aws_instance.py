"""A route to an instance goes to its interface."""

from __future__ import annotations

from nephograph.engines.tracer.nexthops.aws_network_interface import follow

__all__ = ["follow"]
