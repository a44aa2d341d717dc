"""Pure decisions, which are given `now` and do no I/O."""
