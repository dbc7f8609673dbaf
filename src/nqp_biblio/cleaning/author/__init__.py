"""The parts of telling authors apart."""
