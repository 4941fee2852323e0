"""The work that pg_net and pg_cron do inside a hosted Postgres: sending requests, running jobs."""
