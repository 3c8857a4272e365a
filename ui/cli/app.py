"""The commands of policyqa. Exit codes: 0 done, 1 done with reported problems, 2 could not be done."""

import sys
from getpass import getuser
from pathlib import Path
from typing import Annotated, Literal

import typer

from ingest.errors import PolicyQAError
from ui.cli.eval_commands import evaluation

app = typer.Typer(name="policyqa", help="政策问答:找对部门,附上原文。", no_args_is_help=True, add_completion=False)
app.add_typer(evaluation, name="eval")

# Each command imports what it needs when it runs: the whole house takes seconds to import.


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="用自己的话写的问题")],
    as_json: Annotated[bool, typer.Option("--json", help="输出 /v1/ask 的响应")] = False,
    notice: Annotated[str | None, typer.Option(help="只在这份通知中查找")] = None,
) -> None:
    """提一个问题。"""
    from ui.cli.asking import ask_once

    ask_once(question, notice, as_json)


@app.command()
def assist(
    file: Annotated[Path, typer.Argument(help="工单表格(CSV 或 XLSX)")],
    output: Annotated[Path, typer.Option("-o", "--output", help="结果写到哪个文件(CSV 或 XLSX)")],
    column: Annotated[str | None, typer.Option(help="工单内容在哪一列;不填就自己找")] = None,
) -> None:
    """批量处理工单;中断后再运行会接着做。"""
    from ui.cli.assisting import run_assist

    run_assist(file, output, column)


@app.command()
def ingest(
    folder: Annotated[Path | None, typer.Argument(help="语料文件夹;不填按设置 corpus_dir", metavar="[DIR]")] = None,
) -> None:
    """按语料文件夹更新索引;没变的部分不重做。"""
    from ui.cli.ingesting import run_ingest

    run_ingest(folder)


@app.command()
def parse(
    file: Annotated[Path, typer.Argument(help="通知文件(TXT、HTML、DOCX、PDF)")],
    as_json: Annotated[bool, typer.Option("--json", help="输出完整 JSON")] = False,
) -> None:
    """读一份通知,说出读懂了什么、要看哪里;不入库。"""
    from ui.cli.parsing import run_parse

    run_parse(file, as_json)


@app.command()
def add(
    path: Annotated[Path, typer.Argument(help="通知文件(TXT、HTML、DOCX、PDF),或放着许多通知的文件夹")],
    notice_id: Annotated[str, typer.Option("--as", help="编号,如 hongkou-2025;不填就按地区和年份拟定")] = "",
    is_agreed: Annotated[bool, typer.Option("--yes", help="不再询问,直接收录")] = False,
) -> None:
    """收录通知:先说出读懂了什么,确认后入库并更新索引。"""
    from ui.cli.adding import run_add

    run_add(path, notice_id, is_agreed)


@app.command()
def remove(
    notice_id: Annotated[str, typer.Argument(help="通知的编号")],
    is_agreed: Annotated[bool, typer.Option("--yes", help="不再询问,直接移去")] = False,
) -> None:
    """移去一份通知,并更新索引;它的文件夹留在数据文件夹的 removed 里。"""
    from ui.cli.adding import run_remove

    run_remove(notice_id, is_agreed)


@app.command()
def notices() -> None:
    """列出已收录的通知。"""
    from ui.cli.adding import show_notices

    show_notices()


@app.command()
def diff(
    old: Annotated[str, typer.Argument(help="旧的一份:已收录通知的编号,或文件")],
    new: Annotated[str, typer.Argument(help="新的一份:已收录通知的编号,或文件")],
    as_json: Annotated[bool, typer.Option("--json", help="输出完整 JSON,同 /v1/notices/{编号}/changes 的响应")] = False,
) -> None:
    """比较两年的通知:新增、取消了哪些条,哪些条换了牵头单位或改了文字。"""
    from ui.cli.comparing import show_changes

    show_changes(old, new, as_json)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="监听地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="监听端口", min=1, max=65535)] = 8000,
) -> None:
    """启动网页和 HTTP 接口。"""
    from ui.cli.serving import run_server

    run_server(host, port)


@app.command()
def train(
    target: Annotated[Path, typer.Option(help="适配器写到哪个文件夹")] = Path("ingest/data/adapter"),
    steps: Annotated[int | None, typer.Option(help="步数;不填按默认", min=1)] = None,
    without: Annotated[str, typer.Option(help="训练时不看的出处,逗号分隔,如 M3,A7")] = "",
) -> None:
    """用相似问微调编码模型的适配器(种子固定)。"""
    from ui.cli.training import run_training

    run_training(target, steps, frozenset(filter(None, without.split(","))))


@app.command()
def purge(
    days: Annotated[int | None, typer.Option(help="保存几天;不填按设置 retention_days", min=1)] = None,
    who: Annotated[str, typer.Option(help="谁在删除,记入审计")] = getuser(),
) -> None:
    """删除过了保存期限的问答和工单记录。"""
    from ui.cli.keeping import run_purge

    run_purge(days, who)


@app.command()
def digest(days: Annotated[int, typer.Option(help="最近几天", min=1)] = 7) -> None:
    """一类事:最近几天里许多人来电说的同一件麻烦,归哪个部门、哪条举措。"""
    from ui.cli.keeping import show_digest

    show_digest(days)


@app.command()
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    port: Annotated[int, typer.Option(help="服务要用的端口", min=1, max=65535)] = 8000,
) -> None:
    """检查环境、设置、语料、模型、索引、工单库、端口和磁盘,说出该怎么办;什么都不改。

    一切正常退出码是 0,有要处理的是 1。
    """
    from ui.cli.diagnosing import run_doctor

    run_doctor(as_json, port)


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="备份写到哪个文件(ZIP)")]) -> None:
    """备份语料、索引、评测报告和工单库;服务不必停。"""
    from ui.cli.backing_up import run_backup

    run_backup(file)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="policyqa backup 做的备份")],
    is_agreed: Annotated[bool, typer.Option("--yes", help="不再询问,直接恢复")] = False,
) -> None:
    """从备份恢复;先停下服务。原有的数据会留着。"""
    from ui.cli.backing_up import run_restore

    run_restore(file, is_agreed)


bank = typer.Typer(help="相似问。", no_args_is_help=True)
app.add_typer(bank, name="bank")


@bank.command()
def check() -> None:
    """检查相似问:重复、放错出处、太少、与评测集重合。"""
    from ui.cli.banking import run_bank_check

    run_bank_check()


@bank.command(name="draft")
def draft_bank(
    sources: Annotated[list[str] | None, typer.Option("--source", help="给哪个出处写,如 M12;可重复")] = None,
    count: Annotated[int, typer.Option(help="每个出处写几条", min=1, max=20)] = 5,
) -> None:
    """让语言模型拟问法,排队等人审核;不填出处就给问法最少的十个写。"""
    from ui.cli.drafting import run_bank_draft

    run_bank_draft(sources or [], count)


@bank.command()
def review(who: Annotated[str, typer.Option(help="审核人,与问题一起记下")] = getuser()) -> None:
    """逐条审核坐席改正过的答复和语言模型拟的问法;通过的收入问题库,下次 ingest 生效。"""
    from ui.cli.reviewing import run_review

    run_review(who)


gloss = typer.Typer(help="通知原句的英文、日文译文。", no_args_is_help=True)
app.add_typer(gloss, name="gloss")
_GlossLanguage = Annotated[Literal["en", "ja"], typer.Option(help="译成哪种语言")]


@gloss.command(name="draft")
def draft_gloss(
    language: _GlossLanguage,
    sources: Annotated[list[str] | None, typer.Option("--source", help="译哪个出处,如 M12;可重复,不填就译全部")] = None,
) -> None:
    """让语言模型译还没有译文的原句,等人审定;没有审定的不会显示。"""
    from ui.cli.glossing import run_gloss_draft

    run_gloss_draft(language, sources or [])


@gloss.command(name="review")
def review_gloss(
    language: _GlossLanguage, who: Annotated[str, typer.Option(help="审核人,与译文一起显示")] = getuser()
) -> None:
    """逐句审定译文;通过的下次 ingest 后印在英文、日文答复的原句下面。"""
    from ui.cli.glossing import run_gloss_review

    run_gloss_review(language, who)


keys = typer.Typer(help="访问密钥。", no_args_is_help=True)
app.add_typer(keys, name="keys")


@keys.command(name="add")
def add_key(
    name: Annotated[str, typer.Argument(help="给谁用,例如姓名或系统名")],
    role: Annotated[
        Literal["public", "agent", "reviewer", "operator"],
        typer.Option(help="权限,后者含前者:公众(只是额度单算)、坐席、审核、运营"),
    ],
    who: Annotated[str, typer.Option(help="谁在建,记入审计")] = getuser(),
) -> None:
    """建一个密钥,只显示这一次。

    有了第一个密钥,坐席、审核、运营的功能就都要凭密钥使用。
    """
    from ui.cli.keying import add_key

    add_key(name, role, who)


@keys.command(name="list")
def list_keys() -> None:
    """列出建过的密钥:名称、权限、建立和作废的时间。"""
    from ui.cli.keying import list_keys

    list_keys()


@keys.command(name="revoke")
def revoke_key(
    name: Annotated[str, typer.Argument(help="密钥的名称")],
    who: Annotated[str, typer.Option(help="谁在作废,记入审计")] = getuser(),
) -> None:
    """作废一个密钥,立即生效。"""
    from ui.cli.keying import revoke_key

    revoke_key(name, who)


def main() -> None:
    """Run a command; an expected error becomes one line on standard error and exit code 2."""
    try:
        app()
    except PolicyQAError as error:
        sys.stderr.write(f"policyqa: {error}\n")
        raise SystemExit(2) from None
