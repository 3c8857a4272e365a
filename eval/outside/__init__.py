"""Public data sets of others, measured when their file is given: none is shipped, none is fetched.

The product is bound to a notice, so what is measured is what carries over: its two retrieval legs, the encoder and
BM25 over its tokens, and both fused by equal z-scores, on text that neither was made for. The fitted weights, the
question bank and the verdicts are not.
"""
