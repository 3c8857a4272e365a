"""Does the target know when it is right?"""
