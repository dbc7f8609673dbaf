"""From a file to records and problems, one format a file."""
