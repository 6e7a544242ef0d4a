"""Checks of Terraform practice."""
