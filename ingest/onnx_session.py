"""Opening an ONNX model so that many can be at work at once.

ONNX Runtime's own threads wait for work in a busy loop. On two cores, with a model that encodes and one that masks,
that took 38 ms of processor for a question instead of 21, and a third of the answers a second (bench.load).
"""

from pathlib import Path

from onnxruntime import InferenceSession, SessionOptions


def open_session(path: Path) -> InferenceSession:
    """A session that works in the thread of its caller; requests are what runs side by side."""
    alone = SessionOptions()
    alone.intra_op_num_threads = 1
    return InferenceSession(str(path), alone, providers=["CPUExecutionProvider"])
