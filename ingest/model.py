"""Building the encoder's model folder, once: a genuine SentenceTransformer, and its int8 ONNX form beside it.

Needs torch and sentence-transformers, which take seconds to import; nothing at query time imports this module.
"""

import logging
import re
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from onnx import TensorProto
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.optimizer import optimize_model
from peft import LoraConfig, PeftModel
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel, PreTrainedModel, PreTrainedTokenizerFast
from transformers.utils import logging as transformers_logging

from ingest.encoder import ONNX_FILE, PASSAGE_PROMPT, QUERY_PROMPT, TOKENIZER_FILE
from ingest.progress import Progress
from ingest.publication import published
from ingest.tokenizer import write_tokenizer
from ingest.weights import PackagedWeights, Vocabulary

ADAPTER_DIR = Path(__file__).parent / "data" / "adapter"
"""What fine-tuning on the question bank has learned (ingest.adaptation)."""

ADAPTER_SHARE = 0.5
"""How much of the adapter is merged: between none (best on banked sources) and all (best on unseen ones)."""

_STEP = "构建编码模型"
_OPSET = 17
# Feed-forward outputs whose activations lie far out of the common range. Left in floating point, these three raise
# the mean cosine to fp32 from 0.987 to 0.994 at no cost in time; further ones hardly any more.
_SENSITIVE = re.compile(r"layer\.[045]/output/dense/MatMul$")

_EMBEDDINGS = {
    "word_embeddings.weight": "emb.word",
    "position_embeddings.weight": "emb.pos",
    "token_type_embeddings.weight": "emb.type",
    "LayerNorm.weight": "emb.ln.w",
    "LayerNorm.bias": "emb.ln.b",
}
_LAYER = {
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "attention.output.LayerNorm": "aln",
    "intermediate.dense": "fi",
    "output.dense": "fo",
    "output.LayerNorm": "oln",
}


def build_model(target: Path, progress: Progress, adapter: Path | None = ADAPTER_DIR) -> None:
    """Build the model into the folder ``target``, which appears complete or not at all.

    The packaged weights with the project's adapter, or another, or none, merged into them.
    """
    with published(target) as folder:
        progress(_STEP, 0, 3)
        model = packaged_transformer()
        if adapter:
            merge_adapter(model, adapter)
        progress(_STEP, 1, 3)
        model.save(str(folder), create_model_card=False)
        _export(model, folder)
        write_tokenizer(PackagedWeights().vocabulary, folder / TOKENIZER_FILE)
        progress(_STEP, 3, 3)


def packaged_transformer() -> SentenceTransformer:
    """The packaged weights as a SentenceTransformer: mean pooling, unit vectors, e5's prompts."""
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # transformers leaves it untyped
    transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]  # likewise
    weights = PackagedWeights()
    with TemporaryDirectory() as folder:
        _bert(weights).save_pretrained(folder)
        _tokenizer(weights.vocabulary, weights.dimensions.positions).save_pretrained(folder)
        transformer = Transformer(folder, model_kwargs={"add_pooling_layer": False})
    pooling = Pooling(weights.dimensions.hidden, pooling_mode="mean")
    prompts = {"query": QUERY_PROMPT, "document": PASSAGE_PROMPT}
    return SentenceTransformer(modules=[transformer, pooling, Normalize()], prompts=prompts, device="cpu")


def merge_adapter(model: SentenceTransformer, folder: Path) -> None:
    """Add a LoRA adapter to the weights for good; afterwards the model is an ordinary one again.

    Only ADAPTER_SHARE of what it learned is added (weight-space ensembling, Wortsman et al., CVPR 2022).
    """
    config = LoraConfig.from_pretrained(str(folder))
    config.lora_alpha *= ADAPTER_SHARE
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # peft still asks transformers by an attribute's old name
        adapted = PeftModel.from_pretrained(bert_of(model), str(folder), config=config)
    model[0].auto_model = adapted.merge_and_unload()


def bert_of(model: SentenceTransformer) -> PreTrainedModel:
    """The transformers model inside a SentenceTransformer."""
    bert = model[0].auto_model
    assert isinstance(bert, PreTrainedModel)
    return bert


def _bert(weights: PackagedWeights) -> BertModel:
    size = weights.dimensions
    config = BertConfig(
        vocab_size=size.vocabulary,
        hidden_size=size.hidden,
        num_hidden_layers=size.layers,
        num_attention_heads=size.heads,
        intermediate_size=size.feed_forward,
        max_position_embeddings=size.positions,
        type_vocab_size=size.token_types,
        layer_norm_eps=size.layer_norm_epsilon,
        pad_token_id=weights.vocabulary.pad,
    )
    with torch.device("meta"):
        model = BertModel(config, add_pooling_layer=False)
    names = {f"embeddings.{name}": packed for name, packed in _EMBEDDINGS.items()}
    for layer in range(size.layers):
        for name, packed in _LAYER.items():
            names[f"encoder.layer.{layer}.{name}.weight"] = f"l{layer}.{packed}.w"
            names[f"encoder.layer.{layer}.{name}.bias"] = f"l{layer}.{packed}.b"
    state = {
        name: torch.from_numpy(weights.tensor(names[name])).reshape(parameter.shape)
        for name, parameter in model.state_dict().items()
    }
    model.load_state_dict(state, assign=True)
    # Buffers that no state dict carries were left on the meta device; give them their values.
    model.embeddings.register_buffer("position_ids", torch.arange(size.positions)[None], persistent=False)
    model.embeddings.register_buffer("token_type_ids", torch.zeros(1, size.positions).long(), persistent=False)
    return model


def _tokenizer(vocabulary: Vocabulary, max_length: int) -> PreTrainedTokenizerFast:
    tokenizer = Tokenizer(models.Unigram(list(vocabulary.pieces), unk_id=vocabulary.unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    bos, eos = vocabulary.pieces[vocabulary.bos][0], vocabulary.pieces[vocabulary.eos][0]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, vocabulary.bos), (eos, vocabulary.eos)],
    )
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]  # transformers leaves it untyped
        tokenizer_object=tokenizer,
        bos_token=bos,
        eos_token=eos,
        cls_token=bos,
        sep_token=eos,
        pad_token=vocabulary.pieces[vocabulary.pad][0],
        unk_token=vocabulary.pieces[vocabulary.unknown][0],
        model_max_length=max_length,
    )


class _SentenceEmbedding(torch.nn.Module):
    """The whole SentenceTransformer as one graph: token ids in, unit vectors out."""

    def __init__(self, model: SentenceTransformer) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        vectors: torch.Tensor = self.model({"input_ids": input_ids, "attention_mask": attention_mask})[
            "sentence_embedding"
        ]
        return vectors


def _export(model: SentenceTransformer, folder: Path) -> None:
    """Write the int8 ONNX form: one graph, attention and layer norms fused, weights quantized per channel.

    The weights lie in a file of their own, which ONNX Runtime maps into memory: what is not used takes no room.
    """
    features = model.preprocess(["一段用来描出计算图的文字"])
    inputs = (features["input_ids"], features["attention_mask"])
    target = folder / ONNX_FILE
    target.parent.mkdir()
    bert_of(model).set_attn_implementation("eager")  # the fusion knows attention only in its plain form
    with TemporaryDirectory() as scratch, warnings.catch_warnings():
        # The TorchScript exporter is deprecated but needs no further package; its result is tested against torch.
        warnings.simplefilter("ignore")
        exact, fused = Path(scratch, "exact.onnx"), Path(scratch, "fused.onnx")
        torch.onnx.export(
            _SentenceEmbedding(model).eval(),
            inputs,
            str(exact),
            input_names=["input_ids", "attention_mask"],
            output_names=["sentence_embedding"],
            dynamic_axes={"input_ids": {0: "batch", 1: "tokens"}, "attention_mask": {0: "batch", 1: "tokens"}},
            opset_version=_OPSET,
            dynamo=False,
        )
        size = bert_of(model).config
        logging.disable(logging.WARNING)
        try:
            graph = optimize_model(
                str(exact),
                model_type="bert",
                num_heads=size.num_attention_heads,
                hidden_size=size.hidden_size,
                opt_level=0,
            )
            graph.save_model_to_file(str(fused))
            quantize_dynamic(
                fused,
                target,
                weight_type=QuantType.QInt8,
                per_channel=True,
                use_external_data_format=True,
                nodes_to_exclude=[node.name for node in graph.nodes() if _SENSITIVE.search(node.name)],
                extra_options={"DefaultTensorType": TensorProto.FLOAT},
            )
        finally:
            logging.disable(logging.NOTSET)
    # onnx writes it for its owner alone; a server may run as another user than the one who built.
    for weights in target.parent.glob(f"{target.name}.*"):
        weights.chmod(target.stat().st_mode)
