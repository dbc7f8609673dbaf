"""Clusters, layouts and figures computed on corpora and networks."""
