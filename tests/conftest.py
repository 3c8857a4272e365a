"""Shared by all tests: the real corpus, the real encoder, a real index."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock

from ingest.corpus import Corpus, CorpusNotice
from ingest.index import Index, open_index
from ingest.index.indexing import ingest
from ingest.settings import Settings, load_settings
from rag.chain import AnswerChain
from tests.ingest.years import write_two_years
from tests.model_server import ScriptedModel, scripted_model
from tests.progress import silent
from tests.rag.several_notices import write_several

NOTICE_ID = "hongkou-2025"


def copy_project(settings: Settings, folder: Path) -> Settings:
    """A copy of the corpus and the index in ``folder``, to be changed, with a store of its own."""
    corpus_dir, data_dir = folder / "corpus", folder / "data"
    shutil.copytree(settings.corpus_dir, corpus_dir)
    shutil.copytree(settings.data_dir / "index", data_dir / "index")
    (data_dir / "models").symlink_to((settings.data_dir / "models").absolute())
    return Settings(corpus_dir=corpus_dir, data_dir=data_dir)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The project's own corpus and data folder, with an index that is up to date, and a store of the tests' own."""
    settings = load_settings()
    # Several processes test at once, and all want it up to date.
    with FileLock(settings.data_dir / "tests.lock"):
        ingest(settings, silent)
    store = tmp_path_factory.mktemp("store") / "store.db"
    return settings.model_copy(update={"store_url": f"sqlite:///{store}"})


@pytest.fixture(scope="session")
def index(settings: Settings) -> Iterator[Index]:
    with closing(open_index(settings)) as index:
        yield index


@pytest.fixture(scope="session")
def corpus(index: Index) -> Corpus:
    return index.corpus


@pytest.fixture(scope="session")
def hongkou(corpus: Corpus) -> CorpusNotice:
    return corpus.notice(NOTICE_ID)


@pytest.fixture(scope="session")
def chain(index: Index) -> AnswerChain:
    return AnswerChain(index)


@pytest.fixture(scope="session")
def two_years(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A small project of two years of one series, with its index."""
    folder = tmp_path_factory.mktemp("years")
    write_two_years(folder / "corpus")
    shutil.copy(settings.corpus_dir / "departments.toml", folder / "corpus")
    project = Settings(corpus_dir=folder / "corpus", data_dir=folder / "data")
    project.data_dir.mkdir()
    (project.data_dir / "models").symlink_to((settings.data_dir / "models").absolute())
    ingest(project, silent)
    return project


@pytest.fixture(scope="session")
def several_places(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The project with the small notices of other places and years beside it, and its index."""
    project = copy_project(settings, tmp_path_factory.mktemp("places"))
    write_several(project.corpus_dir)
    ingest(project, silent)
    return project


@pytest.fixture
def model() -> Iterator[ScriptedModel]:
    """A language model server that does what its script says."""
    with scripted_model() as model:
        yield model


@pytest.fixture
def empty_project(settings: Settings, tmp_path: Path) -> Callable[[], Settings]:
    """A corpus folder without a notice and a data folder that holds nothing but the built encoder."""

    def make() -> Settings:
        corpus_dir, data_dir = tmp_path / "corpus", tmp_path / "data"
        corpus_dir.mkdir()
        data_dir.mkdir()
        (data_dir / "models").symlink_to((settings.data_dir / "models").absolute())
        (corpus_dir / "departments.toml").write_text(
            (settings.corpus_dir / "departments.toml").read_text(encoding="utf-8"), encoding="utf-8"
        )
        return Settings(corpus_dir=corpus_dir, data_dir=data_dir)

    return make
