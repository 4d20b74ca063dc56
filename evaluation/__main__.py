"""`python -m evaluation`; see `evaluation.commands`."""

from evaluation.clusters_commands import CLUSTER_COMMANDS
from evaluation.commands import commands, run
from evaluation.dispute_commands import disputes_command
from evaluation.independence import independence_command

commands.add_command(disputes_command)
for _command in CLUSTER_COMMANDS:
    commands.add_command(_command)
commands.add_command(independence_command)

if __name__ == "__main__":
    run(commands)
