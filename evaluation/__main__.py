"""`python -m evaluation`; see `evaluation.commands`."""

from evaluation.commands import commands, run

if __name__ == "__main__":
    run(commands)
