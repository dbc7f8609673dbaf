"""The parts of giving cited references an identity."""
