"""Build a graph on many machines: shards of articles in, N-Quads and a manifest of each out, one store in the end."""
