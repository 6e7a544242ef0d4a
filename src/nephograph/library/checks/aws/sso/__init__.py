"""Checks of aws/sso."""
