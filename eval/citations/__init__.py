"""Does the answer rest on the right sources, in their own words?"""
