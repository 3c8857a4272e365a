"""Is the encoder built, and does it encode."""

from collections.abc import Iterator

import numpy as np

from api.doctor.finding import Finding
from ingest.encoder import open_encoder
from ingest.settings import Settings

_SENTENCE = "我想开一家面馆,执照找哪个部门办?"
_NEAR = 1e-3


def check(settings: Settings, _port: int) -> Iterator[Finding]:
    """A sentence becomes a vector of unit length."""
    encoder = open_encoder(settings)
    (vector,) = encoder.encode_queries([_SENTENCE])
    length = float(np.linalg.norm(vector))
    # So that a length that is no number is no unit length either.
    if abs(length - 1) < _NEAR:
        yield Finding("编码模型", "ok", f"{encoder.name},{len(vector)} 维,编码正常")
        return
    remedy = "请删去数据文件夹里的 models,再运行 policyqa ingest;自设的模型请检查 POLICYQA_ENCODER。"
    yield Finding("编码模型", "failed", f"{encoder.name} 编出的向量长度是 {length:.3f},应为 1", remedy)
