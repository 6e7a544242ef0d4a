"""Checks of aws/secretsmanager."""
