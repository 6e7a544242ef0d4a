"""Checks of aws/rds."""
