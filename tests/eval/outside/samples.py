"""Small files in the true formats of the data sets."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

FOUNDATION = "自然人从事工商业经营,经依法登记,为个体工商户。个体工商户可以起字号。\n"
DEBTS = "个体工商户的债务,个人经营的,以个人财产承担;家庭经营的,以家庭财产承担。\n\n"
LAND = "承包期内,发包方不得收回承包地。\n"

STARD_QUERIES: list[dict[str, Any]] = [
    {
        "query_id": 0,
        "问题": "谁可以成为个体工商户?",
        "相关法规": {"中华人民共和国民法典第五十四条": FOUNDATION},
        "match_id": [705],
        "match_name": ["中华人民共和国民法典第五十四条"],
    },
    {
        "query_id": 1,
        "问题": "开小店欠下的钱,该由谁来还?",
        "相关法规": {"中华人民共和国民法典第五十六条": DEBTS, "中华人民共和国民法典第五十四条": FOUNDATION},
        "match_id": [705, 707],
        "match_name": ["中华人民共和国民法典第五十六条", "中华人民共和国民法典第五十四条"],
    },
    {
        "query_id": 2,
        "问题": float("nan"),
        "相关法规": {"农村土地承包法第二十七条": LAND},
        "match_id": [11084],
        "match_name": ["农村土地承包法第二十七条"],
    },
]
STARD_CORPUS = [
    {"id": 705, "name": "中华人民共和国民法典第五十四条", "content": FOUNDATION.replace("\n", "\\n")},
    {"id": 707, "name": "中华人民共和国民法典第五十六条", "content": DEBTS.replace("\n", "\\n")},
    {"id": 11084, "name": "农村土地承包法第二十七条", "content": LAND.replace("\n", "\\n")},
    {"id": 22648, "name": "农村土地承包经营纠纷调解仲裁法第十八条", "content": "申请仲裁的时效期间为二年。\\n"},
]
RGB: list[dict[str, Any]] = [
    {
        "id": 0,
        "query": "2019年军运会在中国哪个城市举办",
        "answer": "武汉",
        "positive": [
            "第七届世界军人运动会2019年10月在中国武汉举行。",
            "武汉军运会是军运会首次在一个城市举办所有比赛项目。",
            "2019年军运会的主办城市是湖北省武汉市。",
            "军运会点亮大武汉,10月18日开幕。",
        ],
        "negative": [
            "国新办就军运会筹备情况举行新闻发布会。",
            "执委会回顾了历届运动会的组织工作。",
            "运动员村的餐饮由多家企业供应。",
            "筹备组织工作任务占全年工作的两成。",
            "论坛讨论了城市的可持续发展。",
            "这一条超过五条,不会给出。",
        ],
    },
    {
        "id": 1,
        "query": "电影《头号玩家》的导演是谁",
        "answer": ["史蒂文·斯皮尔伯格", "斯皮尔伯格"],
        "positive": ["《头号玩家》是史蒂文·斯皮尔伯格执导的科幻冒险电影。"],
        "negative": ["影片在多地实景拍摄。", "特效场面越做越大。", "观众在周末观看了首映。", "原著小说十分畅销。"],
    },
    {"id": 2, "query": "没有反例的问题", "answer": "无", "positive": ["只有正例。"], "negative": []},
]
CMRC_FLAT: list[dict[str, Any]] = [
    {
        "context_id": "TRIAL_154",
        "context_text": "尤金袋鼠分布在澳洲南部岛屿及西岸地区,约只有8公斤重。",
        "qas": [
            {"query_text": "尤金袋鼠分布在哪些地区?", "query_id": "TRIAL_154_QUERY_0", "answers": ["澳洲南部岛屿"]},
            {"query_text": "尤金袋鼠有多重?", "query_id": "TRIAL_154_QUERY_1", "answers": ["8公斤"]},
        ],
        "title": "尤金袋鼠",
    },
    {
        "context_id": "TRIAL_662",
        "context_text": "乍都节公园位于曼谷,土地由泰国国家铁路局捐献。",
        "qas": [
            {"query_text": "公园的土地是谁捐的?", "query_id": "TRIAL_662_QUERY_0", "answers": ["泰国国家铁路局"]},
        ],
        "title": "乍都节公园",
    },
]
CMRC_SQUAD = {
    "version": "v1.0",
    "data": [
        {
            "paragraphs": [
                {
                    "id": context["context_id"],
                    "context": context["context_text"],
                    "qas": [
                        {
                            "question": asked["query_text"],
                            "id": asked["query_id"],
                            "answers": [{"text": asked["answers"][0], "answer_start": 0}],
                        }
                        for asked in context["qas"]
                    ],
                }
            ],
            "id": context["context_id"],
            "title": context["title"],
        }
        for context in CMRC_FLAT
    ],
}


def write(path: Path, value: object) -> Path:
    """A file that is one JSON value."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=4), encoding="utf-8")
    return path


def write_lines(path: Path, values: Sequence[object]) -> Path:
    """A file with a JSON value on each line."""
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in values), encoding="utf-8")
    return path
