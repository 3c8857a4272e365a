import json
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from ingest.adaptation import BASE_MODEL, Schedule, train_adapter
from ingest.corpus import CorpusNotice
from ingest.model import merge_adapter, packaged_transformer
from tests.progress import silent

SHORT = Schedule(steps=2, batch=4, warm_up=1)


def test_training_writes_an_adapter_that_changes_the_model_and_is_the_same_every_time(
    hongkou: CorpusNotice, tmp_path: Path
) -> None:
    for name in ("first", "second"):
        train_adapter(hongkou, tmp_path / name, SHORT, silent)
    first, second = (load_file(tmp_path / name / "adapter_model.safetensors") for name in ("first", "second"))
    assert first.keys() == second.keys()
    assert all(np.allclose(first[key], second[key], atol=1e-6) for key in first)
    model = packaged_transformer()
    before = model.encode_query("找谁办")
    merge_adapter(model, tmp_path / "first")
    assert not np.allclose(before, model.encode_query("找谁办"), atol=1e-6)
    config = json.loads((tmp_path / "first" / "adapter_config.json").read_text(encoding="utf-8"))
    assert config["base_model_name_or_path"] == BASE_MODEL
