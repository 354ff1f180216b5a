"""What people do in a gathering. Each action is one transaction and tells the log."""
