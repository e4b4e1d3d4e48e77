"""The nouns of a headline.

Kiwi (kiwipiepy, LGPL) knows Korean words and where they end; places of the city, from our tables,
and the terms in ``words/nouns.txt`` it is told. It is loaded when the first headline is read:
0.6 s and 290 MB, without its dictionary of names of several words and with one thread.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from data._places import table

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

HERE = Path(__file__).parent
TABLES = ("districts", "dongs", "stations", "roads")
STOP = {
    "서울", "서울시", "오늘", "내일", "어제", "오전", "오후", "이번", "올해", "시민", "가능",
    "최대", "예정", "시작", "진행", "관련", "대상", "이상", "이하", "필요", "요청", "안내", "소식",
    "기자", "연합뉴스", "종합", "속보", "포토", "단독", "지역", "일대", "주변", "구간",
    "건의", "제안",
}  # fmt: skip
LONGEST = 8  # letters of nouns written together that are still one word


@cache
def analyser() -> "Kiwi":
    """Kiwi with our words, one for the process."""
    from kiwipiepy import Kiwi  # 0.6 s: only who derives keywords waits for it

    kiwi = Kiwi(num_workers=1, load_multi_dict=False)
    for word in own():
        kiwi.add_user_word(word, "NNP", 3.0)
    return kiwi


def own() -> Iterator[str]:
    """Places of our tables and the terms of the list, at least two letters, each once."""
    names = [table((HERE / f"places/{t}.csv").read_bytes())["name_ko"] for t in TABLES]
    places = (name for column in names for name in column)
    terms = (HERE / "words" / "nouns.txt").read_text("utf-8").splitlines()
    words = [*(line for line in terms if not line.startswith("#")), *places]
    yield from dict.fromkeys(w for w in words if len(w) > 1 and w.isalpha())


def nouns(titles: Iterable[str]) -> Iterator[set[str]]:
    """The words of each title that say what it is about; common nouns written together are one."""
    for tokens in analyser().tokenize(list(titles)):
        found, before = [], None
        for token in tokens:
            if token.tag not in ("NNG", "NNP"):
                before = None
                continue
            touches = before is not None and before.start + before.len == token.start
            if touches and before.tag == token.tag == "NNG":
                longer = found[-1] + token.form
                if len(longer) <= LONGEST:
                    found[-1], before = longer, token
                    continue
            found.append(token.form)
            before = token
        yield {word for word in found if len(word) > 1} - STOP
