"""Show the graph to people: one self-contained HTML page, its layout, its data, and what it is made of."""
