"""One module a command. A command reads options, calls the pipeline or one stage, and prints; no logic of the stages.

Each imports what it needs when it runs, so that `feedmaker --help` stays quick.
"""
