"""Checks of aws/kms."""
