"""Bibliometric citation analysis."""
