"""Is a question understood from what was said before it, and a new subject as a new one?"""
