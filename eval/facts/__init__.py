"""Does the answer say what it has to, and nothing that is not so?"""
