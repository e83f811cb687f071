"""Build a knowledge graph of diplomatic events from news articles.

The public names are loaded on first use, so that `import kg` is light.
"""
