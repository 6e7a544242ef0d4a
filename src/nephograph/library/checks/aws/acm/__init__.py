"""Checks of aws/acm."""
