"""Answer SPARQL and show the graph's pages over HTTP: safe to open to anyone.

Queries run in processes of their own over an unchanging copy of the store, which are killed when a query takes too
long; nothing is ever fetched on a client's behalf; answers are whole before their first byte is sent.
"""
