"""First floor: a question becomes a verified answer."""
