"""A rehearsal: bots take part in a gathering over the real doors and react to what its facilitator does."""
