"""Serves the built PWA as its host does in production: headers, caching, and the public settings in `/config.json`."""
