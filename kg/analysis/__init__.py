"""Measure the graph: pairs of actors over time, who stands in the middle, who belongs together, and plots of these.

What comes in are the records of `kg.graph.records`; denied and merely hypothetical events are left out, since they
did not happen.
"""
