"""What is talked about more than usual: nouns of headlines and of suggestions.

Source   news, city_news, petitions; the nouns by Kiwi
Cadence  that of news
"""

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from data import TIME, Column, Feed, empty
from data._nouns import nouns

WINDOW = pd.Timedelta("6h")
BEFORE = 11  # windows before it, as far as the news are kept
MOST = 50  # words
LEAST = 2  # titles


class Keywords(Feed):
    """One row per word that at least two titles of the last 6 hours have; what rises first.

    ``usual`` is the mean number per 6 hours of the time before that is still held, NaN when that is
    less than 6 hours; ``rise`` is ``count - usual``. ``sources`` names our feeds, with a space.
    """

    title = "Keywords"
    source = "Yonhap News Agency, Seoul Metropolitan Government"
    every = "5m"
    lag = "1d"
    columns = {
        "word": Column("str", "Word", required=True),
        "count": Column("int64", "Titles in 6 hours", low=0),
        "usual": Column("float64", "Usual number of titles", low=0),
        "rise": Column("float64", "Above the usual"),
        "sources": Column("str", "Sources"),
        "observed_at": Column(TIME, "Observed", required=True),
    }

    def derive(
        self, news: pd.DataFrame, city_news: pd.DataFrame, petitions: pd.DataFrame
    ) -> pd.DataFrame | None:
        """A suggestion dated without an hour counts where its day begins."""
        if news is None and city_news is None:
            return None
        if petitions is not None:
            petitions = petitions.rename(columns={"posted_at": "observed_at"})
        told = {"news": news, "city_news": city_news, "petitions": petitions}
        titles = pd.concat(
            [f[["title", "observed_at"]].assign(feed=n) for n, f in told.items() if f is not None],
            ignore_index=True,
        )
        now = titles.loc[titles["feed"] != "petitions", "observed_at"].max()
        if pd.isna(now):
            return empty(self.columns)
        titles = titles[titles["observed_at"].between(now - WINDOW * (1 + BEFORE), now)]
        titles = titles.assign(words=list(nouns(titles["title"])))
        recent = titles["observed_at"] > now - WINDOW
        first = titles.loc[titles["feed"] == "news", "observed_at"].min()  # how far back we see
        return self._ranked(titles[recent], titles[~recent], (now - WINDOW - first) / WINDOW)

    def _ranked(self, recent: pd.DataFrame, before: pd.DataFrame, windows: float) -> pd.DataFrame:
        """The rows of the words of recent titles; windows: how many of 6 hours lie before."""
        counts, earlier = _counted(recent["words"]), _counted(before["words"])
        usual = {w: earlier[w] / windows if windows >= 1 else float("nan") for w in counts}
        rows = [
            {
                "word": word,
                "count": count,
                "usual": usual[word],
                "rise": count - usual[word],
                "sources": _sources(recent, word),
                "observed_at": recent["observed_at"].max(),
            }
            for word, count in counts.items()
            if count >= LEAST
        ]
        if not rows:
            return empty(self.columns)
        ranked = pd.DataFrame(rows).astype({"observed_at": TIME})
        order = ranked.sort_values(["rise", "count", "word"], ascending=[False, False, True])
        return order.head(MOST).reset_index(drop=True)


def _counted(words: Sequence[set[str]]) -> Counter[str]:
    """In how many titles each word is."""
    return Counter(word for some in words for word in some)


def _sources(titles: pd.DataFrame, word: str) -> str:
    """The feeds whose titles have it."""
    has = [word in words for words in titles["words"]]
    return " ".join(titles.loc[has, "feed"].drop_duplicates())
