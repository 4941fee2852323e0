"""The local platform behind ./scripts/start: everything hosted Supabase gives, on one machine without Docker."""
