"""A language is a folder of tables and a model; `lexicon` reads them."""
