"""The six senses on paper: a panel for each voice, side by side."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dashboard.charts.printed import paper
from dashboard.charts.printed.letters import letters
from dashboard.theme import BLUE, HATCH, INK, MUTED, PAPER, SLATE
from dashboard.views.senses_profile import VOICES, answered_words, sides, was_asked
from metrics.pictures.senses_profile import SENSES, SensesProfile, VoiceProfile
from metrics.words import capital

DASHES = 0.4


def senses_profile(found: SensesProfile) -> Figure:
    """The figure: hollow earlier, filled later, a dash where too few answered."""
    earlier, later = sides(found)
    with paper.looks():
        figure = Figure(figsize=(paper.WIDTH_CM * paper.CM, 7.5 * paper.CM), layout="constrained")
        panels = figure.subplots(1, 3, sharey=True)
        for axes, voice in zip(panels, found.voices, strict=True):
            _panel(axes, voice)
        panels[0].set_yticks(range(len(SENSES)), [capital(name) for name in SENSES])
        panels[0].set_ylim(len(SENSES) - 0.5, -0.5)
        figure.supxlabel(
            f"○ {earlier}   ● {later}   – fewer than 5 answers", fontsize=8, color=INK, fontfamily=list(letters())
        )
    return figure


def _panel(axes: Axes, voice: VoiceProfile) -> None:
    axes.set_title(f"{VOICES[voice.voice]}\n{answered_words(voice)}", loc="left", fontsize=8.5, color=INK)
    axes.set_xlim(DASHES - 0.3, 5.25)
    axes.set_xticks([DASHES, 1, 2, 3, 4, 5], ["–", "1", "2", "3", "4", "5"])
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    for place, sense in enumerate(voice.senses):
        if not was_asked(sense):
            axes.text(3, place, "not asked", ha="center", va="center", fontsize=8, color=MUTED)
            continue
        if sense.before.mean is not None and sense.after.mean is not None:
            axes.plot([sense.before.mean, sense.after.mean], [place] * 2, color=HATCH, linewidth=2, zorder=2)
        for mean, filled in ((sense.before.mean, False), (sense.after.mean, True)):
            colour = BLUE if filled else SLATE
            axes.plot(
                [DASHES if mean is None else mean], [place + (0.12 if filled else -0.12) if mean is None else place],
                marker="_" if mean is None else "o", markersize=7, linestyle="none", markeredgecolor=colour,
                markerfacecolor=colour if filled else PAPER, markeredgewidth=1.5, zorder=3 + filled,
                label="later" if filled else "earlier", clip_on=False,
            )  # fmt: skip
