"""What is told of an evaluation: tables, curves, every failure; as JSON, CSV and one page."""
