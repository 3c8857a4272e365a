"""Is somebody who does not write plain simplified Chinese served as well?"""
