"""Checks of aws/securityhub."""
