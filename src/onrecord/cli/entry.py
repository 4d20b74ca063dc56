"""Where `onrecord` starts, with nothing loaded yet; the command itself is in `main`."""

import sys

_STOPPED = 130


def main() -> None:
    """Run the command; one that is stopped while it is still being loaded says so, too."""
    try:
        from onrecord.cli.main import main as run
    except KeyboardInterrupt:
        sys.stderr.write("\nonrecord: stopped\n")
        sys.exit(_STOPPED)
    run()


if __name__ == "__main__":
    main()
