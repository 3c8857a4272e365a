"""Putting questions to targets and keeping what they reply: scoring needs the stored replies only."""
