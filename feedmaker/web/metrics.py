"""How all sections fare as metrics, in the OpenMetrics text format, from the store alone."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
)
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector, CollectorRegistry

from feedmaker.model.work_counts import DURATION_LIMITS, Durations, WorkCounts
from feedmaker.output import health
from feedmaker.store import Store, exists

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
        queue = store.queue() or {}
        counts = {site.slug: store.work_counts(site.slug) for site in sites}
    shown = [one for one in found if one.section]
    queue["due_sections"] = sum(_is_due(one, now) for one in shown)
    return [_by_status(found), *_of_sections(shown, now), *_of_queue(queue), *_of_work(counts)]


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
            "late_seconds": row["late"] if _is_due(one, now) else 0,
            "silent": float(row["silent"]),
        }
        for name, value in values.items():
            if value is not None:
                metrics[name].add_metric([one.site, one.name], value)
    return list(metrics.values())


def _age(at: datetime | None, now: datetime) -> float | None:
    return (now - at).total_seconds() if at else None


def _is_due(one: SectionHealth, now: datetime) -> bool:
    """Whether a section waits for a worker."""
    return not one.is_paused and one.state.due is not None and one.state.due <= now


def _of_queue(queue: dict[str, int]) -> list[Metric]:
    """What workers have before them; on PostgreSQL there is more to say."""
    return [
        GaugeMetricFamily(f"feedmaker_queue_{name}", f"Of the queue: {name}.", value=count)
        for name, count in queue.items()
    ]


def _of_work(by_site: Mapping[str, WorkCounts]) -> list[Metric]:
    """Requests by status, and how long they and the runs of sites took, since the store began."""
    fetches = CounterMetricFamily(
        "feedmaker_fetches",
        'Requests by the status of the answer, "none" where none came.',
        labels=["site", "status"],
    )
    total = WorkCounts()
    for site, counts in by_site.items():
        total.add(counts)
        for status, count in sorted(counts.statuses.items()):
            fetches.add_metric([site, status], count)
    return [
        fetches,
        _histogram("fetch_duration_seconds", "Seconds that requests took.", total.fetches),
        _histogram("run_duration_seconds", "Seconds that runs of a site took.", total.runs),
    ]


def _histogram(name: str, text: str, durations: Durations) -> Metric:
    limits = [*map(str, DURATION_LIMITS), "+Inf"]
    buckets = list(zip(limits, accumulate(durations.counts), strict=True))
    metric = HistogramMetricFamily(f"feedmaker_{name}", text)
    metric.add_metric([], buckets, durations.seconds)
    return metric
