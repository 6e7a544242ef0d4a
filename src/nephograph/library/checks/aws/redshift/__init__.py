"""Checks of aws/redshift."""
