"""Checks of aws/elasticloadbalancing."""
