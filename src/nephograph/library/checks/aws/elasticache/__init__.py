"""Checks of aws/elasticache."""
