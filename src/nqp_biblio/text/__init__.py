"""Pure steps from a string to a value."""
