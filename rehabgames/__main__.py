from rehabgames.cli import run

run()
