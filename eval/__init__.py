"""Beside the house: question sets, baselines, metrics and the report that says how often the answer is right."""
