"""Checks of terraform/provisioner."""
