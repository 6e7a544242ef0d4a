"""Redshift cluster: publicly accessible, in routed subnets, behind its groups, on its one port, as a database of RDS.

Source: https://docs.aws.amazon.com/redshift/latest/mgmt/managing-clusters-vpc.html
"""

from __future__ import annotations

from nephograph.engines.network.door import Door
from nephograph.engines.network.doors import aws_db_instance
from nephograph.engines.network.view import View
from nephograph.model.resource import Resource


def door(view: View, resource: Resource) -> Door:
    """What of the internet reaches the leader node."""
    return aws_db_instance.door(view, resource)
