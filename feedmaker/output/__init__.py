"""From the store to `out/`: feeds, pages, archives and the health of all sections."""
