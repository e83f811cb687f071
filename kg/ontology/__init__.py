"""The only reader of `ontologies/`: actions, actors, and the base IRI with its prefixes, as frozen values."""
