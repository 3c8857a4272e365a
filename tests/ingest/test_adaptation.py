import json
from pathlib import Path

import numpy as np

from ingest.adaptation import BASE_MODEL, Schedule, train_adapter
from ingest.corpus import CorpusNotice
from ingest.model import merge_adapter, packaged_transformer
from tests.progress import silent

SHORT = Schedule(steps=2, batch=4, warm_up=1)


def test_training_writes_an_adapter_that_changes_the_model_and_is_the_same_every_time(
    hongkou: CorpusNotice, tmp_path: Path
) -> None:
    vectors = []
    for name in ("first", "second"):
        train_adapter(hongkou, tmp_path / name, SHORT, silent)
        model = packaged_transformer()
        before = model.encode_query("找谁办")
        merge_adapter(model, tmp_path / name)
        vectors.append(model.encode_query("找谁办"))
        assert not np.allclose(before, vectors[-1], atol=1e-6)
    assert np.allclose(vectors[0], vectors[1], atol=1e-5)
    config = json.loads((tmp_path / "first" / "adapter_config.json").read_text(encoding="utf-8"))
    assert config["base_model_name_or_path"] == BASE_MODEL
