"""How long does a person wait?"""
