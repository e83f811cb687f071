"""Draw a pair's cooperation, conflict and tension over time, as PNG or SVG."""

from __future__ import annotations

from pathlib import Path

from kg.analysis.dyads import Period, fill_gaps
from kg.errors import MissingExtra, UsageError

COOPERATION, CONFLICT, TENSION = "#0077bb", "#ee7733", "#333333"
"""Told apart by the colour-blind (Paul Tol's vibrant palette)."""

SUFFIXES = (".png", ".svg")


def plot_dyad(periods: tuple[Period, ...], path: Path, title: str) -> None:
    """Draw bars of cooperation above and conflict below, and a line of tension; the same data give the same bytes.

    Args:
        periods: Of one pair, in order.
        path: Ends with `.png` or `.svg`.
        title: Above the plot.

    Raises:
        MissingExtra: matplotlib is not installed.
        UsageError: The path has another ending.
    """
    if path.suffix not in SUFFIXES:
        raise UsageError(f"{path}: a plot is written to {' or '.join(SUFFIXES)}")
    try:
        import matplotlib as mpl  # noqa: PLC0415  # an extra, slow to import
        from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
        from matplotlib.figure import Figure  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtra("plots need matplotlib; pip install 'kg-events[plots]'") from error
    rows = list(fill_gaps(periods))
    with mpl.rc_context({"svg.hashsalt": "kg", "svg.fonttype": "none"}):
        figure = Figure(figsize=(9, 4), layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.subplots()
        places = range(len(rows))
        axes.bar(places, [row.cooperation for row in rows], color=COOPERATION, label="cooperation")
        axes.bar(places, [-row.conflict for row in rows], color=CONFLICT, label="conflict")
        axes.axhline(0, color="black", linewidth=0.8)
        axes.set_ylabel("events")
        axes.set_title(title)
        step = max(1, len(rows) // 12)
        axes.set_xticks(list(places)[::step], [row.name for row in rows][::step], rotation=45, ha="right")
        other = axes.twinx()
        told = [(place, row.tension) for place, row in enumerate(rows) if row.cooperation + row.conflict]
        other.plot(
            [place for place, _ in told], [value for _, value in told], color=TENSION, marker="o", label="tension"
        )
        other.set_ylim(-10.5, 10.5)
        other.set_ylabel("tension (mean Goldstein value, sign turned)")
        figure.legend(loc="outside lower center", ncols=3, frameon=False)
        metadata = {"Date": None} if path.suffix == ".svg" else {"Software": None}
        path.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(path, metadata=metadata)
