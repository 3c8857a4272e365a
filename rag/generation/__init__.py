"""Wording by a language model: a draft in which facts are tokens, resolved from the catalogue and verified."""
