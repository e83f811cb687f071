"""The graph: events as RDF, a store that articles are merged into, and records and networks read back from it."""
