"""Pure decisions: schedule, quarantine, near-duplicates, filters. All are given `now` and do no
I/O.
"""
