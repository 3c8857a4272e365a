"""Plain retrieval chains of other frameworks on the same weights and the same notice: what anybody would build first.

Each module has ``create_chain``; the frameworks are an extra (``pip install 'policy-qa[peers]'``).
"""
