"""Steps that make one corpus out of what was printed."""
