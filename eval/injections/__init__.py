"""Does the target do what the notice's readers ask, and not what a text tells it to be?"""
