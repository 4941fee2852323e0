"""Documents: monthly statements, certificates and exports, rendered from what the database says and kept in Storage."""
