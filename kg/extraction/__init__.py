"""From a parsed article to claims: who is named, what happened, when, where, whether, and who says so."""
