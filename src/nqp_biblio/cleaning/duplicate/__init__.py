"""The parts of finding records of one work."""
