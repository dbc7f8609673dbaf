"""How records become one work, and how that is undone."""
