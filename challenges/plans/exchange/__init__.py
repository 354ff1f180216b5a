"""Plans in and out: tables with preview and undo, documents without loss."""
