"""policyqa eval, and what is done with its runs."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

evaluation = typer.Typer(help="评测:提问、打分、与基线并列,留下报告。", invoke_without_command=True)


class SplitName(StrEnum):
    """The splits of the data sets, as they are typed."""

    test = "test"
    development = "development"
    all = "all"


class OutsideSet(StrEnum):
    """The public sets that there are adapters for."""

    stard = "stard"
    rgb = "rgb"
    cmrc = "cmrc"


Sets = Annotated[Path | None, typer.Option(help="自己的题集(.jsonl)在哪个文件夹;不填就用自带的")]
Split = Annotated[SplitName, typer.Option(help="自带题集的哪一份")]


@evaluation.callback()
def evaluate(
    context: typer.Context,
    target: Annotated[
        list[str] | None, typer.Option(help="评测谁(可重复):product、BM25、dense、LangChain……或一个网址;不填就是全部")
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="只测 BM25、+ adapter 和 product,几十秒")] = False,
    split: Split = SplitName.test,
    sets: Sets = None,
    model: Annotated[str | None, typer.Option(help="网址是 OpenAI 兼容的服务时,它的模型名")] = None,
    closed_book: Annotated[bool, typer.Option("--closed-book", help="不给这个模型看通知")] = False,
) -> None:
    """向评测对象提问,打分,留下报告;密钥用环境变量 POLICYQA_EVAL_KEY。"""
    if context.invoked_subcommand:
        return
    from ui.cli.evaluating import run_evaluation

    run_evaluation(target or (), quick, split.value, sets, model, shows_notice=not closed_book)


@evaluation.command()
def score(
    targets: Annotated[list[str], typer.Argument(help="评测过的对象,最后一个细看")],
    split: Split = SplitName.test,
    sets: Sets = None,
) -> None:
    """给存下的答复重新打分,不再提问。"""
    from ui.cli.evaluating import run_scoring

    run_scoring(targets, split.value, sets)


@evaluation.command()
def compare(
    before: Annotated[str, typer.Argument(help="评测过的对象,或它的文件夹")],
    after: Annotated[str, typer.Argument(help="同上")],
    split: Split = SplitName.test,
    sets: Sets = None,
) -> None:
    """比较同样题目上的两次评测:差多少,是不是偶然;有显著变差的,退出码是 1。"""
    from ui.cli.evaluating import run_comparison

    if run_comparison(before, after, split.value, sets):
        raise typer.Exit(1)


@evaluation.command()
def publish() -> None:
    """把上次评测的数字写进 docs/evaluation.json 和两份 README 的表(在项目文件夹里用)。"""
    from ui.cli.evaluating import run_publication

    run_publication()


@evaluation.command()
def export(
    file: Annotated[Path, typer.Argument(help="写到哪个 .jsonl")],
    days: Annotated[int | None, typer.Option(help="只看最近几天的;不填看全部", min=1)] = None,
) -> None:
    """把坐席和审核的判断导出为新的评测题(已遮盖个人信息)。"""
    from ui.cli.exporting import run_export

    run_export(file, days)


@evaluation.command()
def outside(
    kind: Annotated[OutsideSet, typer.Argument(help="哪一个公开题集")],
    path: Annotated[Path, typer.Argument(help="题集的文件或文件夹,自备")],
    limit: Annotated[int | None, typer.Option(help="最多几题", min=1)] = None,
) -> None:
    """在公开题集上测检索。"""
    from ui.cli.outside import run_outside

    run_outside(kind.value, path, limit)
