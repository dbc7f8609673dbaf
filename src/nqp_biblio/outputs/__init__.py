"""Figures, files and the report."""
