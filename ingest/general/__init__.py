"""Notices of any notation: what is found is taken as printed, what is doubtful is said, nothing is guessed."""
