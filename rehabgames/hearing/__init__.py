"""Hearing: the word "stop", spotted offline in a child process. Of what was heard nothing is kept."""
