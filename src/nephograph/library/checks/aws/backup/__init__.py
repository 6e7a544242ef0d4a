"""Checks of aws/backup."""
