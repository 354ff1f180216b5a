"""Pictures of a plan, worked out as plain numbers: a template writes them as SVG. Nothing here reads anything."""
