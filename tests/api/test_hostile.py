"""A real server under hostile input of every kind (bench/hostile.py sends a hundred times as much)."""

from bench.hostile import attack_server

INPUTS, SEED = 600, 1
SLOW_S = 1.0
"""Long enough to be open while the others come; that slow bodies are given up is tested in test_body_limit."""


def test_nothing_hostile_does_harm() -> None:
    findings = attack_server(INPUTS, SEED, SLOW_S)
    assert findings.wrong == []
    assert {kind for kind, _ in findings.counts} >= {
        "json",
        "unicode",
        "nested",
        "paths",
        "headers",
        "injection",
        "slow",
    }
    assert findings.counts.total() > INPUTS
