"""The rules that a bibliography is checked by."""
