"""How all sections fare as metrics, in the OpenMetrics text format, from the store alone."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector, CollectorRegistry

from feedmaker.output import health
from feedmaker.store import Store, exists

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from prometheus_client.metrics_core import Metric

    from feedmaker.model import Settings, Site
    from feedmaker.output.health import SectionHealth

METRICS_TYPE: Final = CONTENT_TYPE_LATEST
_OF_SECTION: Final = ("site", "section")


def metrics_text(settings: Settings, sites: Sequence[Site]) -> bytes:
    """Return the metrics of all sections of a configuration. Raises StoreError."""
    registry = CollectorRegistry()
    registry.register(_Collected(_read(settings, sites)))
    return bytes(generate_latest(registry))  # type: ignore[no-untyped-call]


class _Collected(Collector):
    """Metrics that were collected already."""

    def __init__(self, metrics: list[Metric]) -> None:
        self._metrics = metrics

    def collect(self) -> Iterable[Metric]:
        """Return them."""
        return self._metrics


def _read(settings: Settings, sites: Sequence[Site]) -> list[Metric]:
    """Read the store; where there is none yet, nothing ran."""
    if not exists(settings.store):
        return [_by_status([])]
    now = datetime.now(UTC)
    with Store(settings.store) as store:
        found = health.read_health(settings, sites, store, now)
        queue = store.queue()
    shown = [one for one in found if one.section]
    return [_by_status(found), *_of_sections(shown, now), *_of_queue(queue)]


def _by_status(found: Sequence[SectionHealth]) -> Metric:
    metric = GaugeMetricFamily(
        "feedmaker_sections", "Sections by the status of their last run.", labels=["status"]
    )
    for status, count in sorted(Counter(one.status for one in found).items()):
        metric.add_metric([status], count)
    return metric


# name -> what it says; each is of a section.
_GAUGES: Final = {
    "good": "Whether the last run of the section was good, or it is paused.",
    "stories": "Stories that are remembered of the section.",
    "failed_articles": "Articles that gave no story, and are tried again.",
    "newest_story_age_seconds": "Seconds since the newest story was published.",
    "last_good_age_seconds": "Seconds since the last good run of the section.",
    "usual_pause_seconds": "Usual seconds between two stories.",
    "late_seconds": "Seconds since the section is due to be built by a worker.",
    "silent": "Whether the section is silent for longer than it ever was.",
}


def _of_sections(found: Sequence[SectionHealth], now: datetime) -> list[Metric]:
    metrics = {
        name: GaugeMetricFamily(f"feedmaker_section_{name}", text, labels=_OF_SECTION)
        for name, text in _GAUGES.items()
    }
    for one in found:
        row = one.row(now)
        values = {
            "good": float(one.is_good),
            "stories": row["stories"],
            "failed_articles": len(row["failed_articles"]),
            "newest_story_age_seconds": _age(one.newest, now),
            "last_good_age_seconds": _age(one.state.good_at, now),
            "usual_pause_seconds": row["usual_pause"],
            "late_seconds": 0 if one.is_paused else row["late"],
            "silent": float(row["silent"]),
        }
        for name, value in values.items():
            if value is not None:
                metrics[name].add_metric([one.site, one.name], value)
    return list(metrics.values())


def _age(at: datetime | None, now: datetime) -> float | None:
    return (now - at).total_seconds() if at else None


def _of_queue(queue: dict[str, int] | None) -> list[Metric]:
    """What workers on PostgreSQL have before them."""
    return [
        GaugeMetricFamily(f"feedmaker_queue_{name}", f"Of the queue: {name}.", value=count)
        for name, count in (queue or {}).items()
    ]
