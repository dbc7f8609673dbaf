"""The parts of finding institutions and countries."""
