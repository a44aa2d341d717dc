"""One module a command. A command takes options, calls the pipeline or one stage, and prints; no logic of the stages.

Each has `configure(parser)`, which adds its options, and `run(options)`, which returns the exit code; its docstring is
its help. What a command needs it imports when it runs, so that `feedmaker --help` stays quick.
"""
