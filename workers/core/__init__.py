"""What all workers share: settings, logs, the database's worker functions, the job loop, webhooks."""
