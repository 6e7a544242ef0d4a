"""Kinds of azurerm: one file each, found by its place."""
