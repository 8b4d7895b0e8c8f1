"""The client under the name that tutorials give it: `from my_feature_store import FeatureStore`."""

from almanac import FeatureStore

__all__ = ["FeatureStore"]
