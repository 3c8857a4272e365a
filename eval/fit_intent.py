"""Fitting the model of intents (rag.intent) on the intent bank; writes it as data with its provenance.

    python -m eval.fit_intent

The intent bank (eval/intents.jsonl) has a writer of its own. Ordinary questions of the training split and of the
question bank are further examples of ``which_office``.
"""

import json

import numpy as np
from rich.console import Console
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

from eval.dataset import EVAL_DIR, TRAINING_DIR, load_items
from eval.fit import write_data
from ingest.corpus import load_corpus
from ingest.settings import load_settings
from rag.form import FormReader
from rag.intent import INTENTS, cue_names, cues, sequences
from rag.question import read_question

INTENTS_FILE = EVAL_DIR / "intents.jsonl"
ORDINARY = ("which_office", "fact")
C = 10.0
FEWEST = 8
"""Sequences that fewer questions have are left out."""


def main() -> None:
    """Fit, print the accuracy in cross-validation, write rag/data/intent.json."""
    console = Console()
    corpus = load_corpus(load_settings().corpus_dir)
    reader = FormReader(corpus)
    rows = [json.loads(line) for line in INTENTS_FILE.read_text(encoding="utf-8").splitlines()]
    labelled = [(row["question"], "which_office" if row["intent"] in ORDINARY else row["intent"]) for row in rows]
    labelled += [(item.question, "which_office") for item in load_items(TRAINING_DIR) if item.gold or item.also_ok]
    labelled += [(banked.question, "which_office") for banked in corpus.notices[0].questions]
    forms = [reader.read(read_question(question).text) for question, _ in labelled]
    meant = np.array([INTENTS.index(intent) for _, intent in labelled])
    vectorizer = TfidfVectorizer(analyzer=lambda form: sequences(form).elements(), min_df=FEWEST, sublinear_tf=True)
    table = hstack([vectorizer.fit_transform(forms), csr_matrix(np.array([cues(form) for form in forms]))]).tocsr()
    model = LogisticRegression(C=C, max_iter=5000, class_weight="balanced")
    guessed = cross_val_predict(model, table, meant, cv=5)
    model.fit(table, meant)
    found = vectorizer.get_feature_names_out()
    weights = model.coef_.round(2)
    write_data(
        "intent.json",
        {
            "provenance": f"python -m eval.fit_intent: multinomial logistic regression, C={C}, {len(forms)} questions; "
            f"accuracy in 5-fold cross-validation {float((guessed == meant).mean()):.3f}",
            "intents": list(INTENTS),
            "bias": model.intercept_.round(3).tolist(),
            "cues": dict(zip(cue_names(), weights[:, len(found) :].T.tolist(), strict=True)),
            "sequences": {
                sequence: [round(float(rarity), 3), column]
                for sequence, rarity, column in zip(
                    found, vectorizer.idf_, weights[:, : len(found)].T.tolist(), strict=True
                )
            },
        },
    )
    for number, intent in enumerate(INTENTS):
        is_so, said = meant == number, guessed == number
        hits = int((is_so & said).sum())
        precision, recall = hits / said.sum(), hits / is_so.sum()
        console.print(f"{intent:12} n={int(is_so.sum()):4} precision {precision:.3f} recall {recall:.3f}")


if __name__ == "__main__":
    main()
