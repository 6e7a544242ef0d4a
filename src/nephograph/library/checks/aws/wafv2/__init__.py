"""Checks of aws/wafv2."""
