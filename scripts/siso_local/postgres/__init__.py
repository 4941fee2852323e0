"""The local Postgres: a real server, set up so that the role `postgres` may do what it may do on hosted Supabase."""

from siso_local.postgres.cluster import Cluster, ClusterError

__all__ = ["Cluster", "ClusterError"]
