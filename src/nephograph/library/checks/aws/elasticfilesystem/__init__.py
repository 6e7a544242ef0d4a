"""Checks of aws/elasticfilesystem."""
