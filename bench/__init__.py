"""Benchmarks: how fast the product is beside a plain chain, as ratios within one run."""
