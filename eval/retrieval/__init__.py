"""Are the right sources found, and how far up?"""
