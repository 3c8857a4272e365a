"""Second floor: the HTTP contract, errors, request handling, operations."""
