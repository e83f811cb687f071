"""A logistic regression over hashed features: a vector of weights, and a sum.

Feature hashing (Weinberger et al. 2009, "Feature hashing for large scale multitask learning") needs no table of
features, so the shipped file holds numbers alone; nothing of a learning library is needed to apply it, and the weight
of each feature can be shown. `kg.learning` trains it.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.errors import DataError

BITS = 22
MASK = (1 << BITS) - 1
WEIGHTS = Path(__file__).with_name("weights.npz")


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Learned weights.

    Attributes:
        weights: One for each hash of a feature, shape (2 ** BITS,).
        thresholds: Name -> the confidence from which on something is accepted.
    """

    weights: NDArray[np.float32]
    thresholds: Mapping[str, float]

    def probability(self, features: Iterable[str]) -> float:
        """Return the probability that what has these features is right, in (0, 1)."""
        weights = self.weights.data  # gives plain numbers; one by one, numpy's own take four times as long
        total = sum([weights[hash_feature(f)] for f in features])
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def probability_after(self, prefix: str, encoded: Iterable[bytes]) -> float:
        """Return the probability for features given without their prefix, whose hash is continued."""
        weights, start = self.weights.data, zlib.crc32(prefix.encode("utf-8"))
        total = sum([weights[zlib.crc32(f, start) & MASK] for f in encoded])
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def weigh(self, features: Iterable[str]) -> list[tuple[float, str]]:
        """Return the features with their weights, the weightiest first."""
        weights = self.weights.data
        weighed = [(weights[hash_feature(f)], f) for f in features]
        return sorted(weighed, key=lambda e: (-abs(e[0]), e[1]))


@lru_cache(maxsize=1 << 17)
def hash_feature(feature: str) -> int:
    """Return the index of a feature's weight; the same on every machine and in every run."""
    return zlib.crc32(feature.encode("utf-8")) & MASK


@cache
def load_weights(path: Path = WEIGHTS) -> LinearModel:
    """Read the shipped weights.

    Raises:
        DataError: The file is missing or of another version.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            weights = np.zeros(1 << BITS, dtype=np.float32)
            weights[file["indices"]] = file["values"]
            names, values = file["names"], file["thresholds"]
    except (OSError, KeyError, ValueError, IndexError) as error:
        raise DataError(f"{path}: no learned weights ({error}); train them, or use --extractor rules") from error
    return LinearModel(weights, {str(n): float(v) for n, v in zip(names, values, strict=True)})


def write_weights(path: Path, model: LinearModel) -> None:
    """Write the weights that are not zero, for `load_weights`."""
    indices = np.flatnonzero(model.weights).astype(np.int32)
    names = sorted(model.thresholds)
    np.savez_compressed(
        path,
        indices=indices,
        values=model.weights[indices].astype(np.float16),
        names=np.array(names),
        thresholds=np.array([model.thresholds[n] for n in names]),
    )
