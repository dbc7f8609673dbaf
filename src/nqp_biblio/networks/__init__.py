"""From a corpus to networks of works, authors, sources and topics."""
