"""The corpus: its tables, their engine, loading and storing."""
