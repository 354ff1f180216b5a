"""The pages of reports and stocktakes."""
