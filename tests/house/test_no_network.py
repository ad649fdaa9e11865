"""No connection leaves the machine while people play.

The demo runs as a user would start it, with MediaPipe and everything; what it asks of the kernel is
watched by strace, which sees native code too. Where there is no strace, Python's own audit hooks and the
sockets of all its processes are watched instead.
"""

from __future__ import annotations

import ipaddress
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

DEMO = ["-m", "rehabgames", "demo", "--seconds", "3", "--headless"]
LIMIT_S = 240
ADDRESS = re.compile(
    r"sa_family=AF_INET6?, sin6?_port=htons\((?P<port>\d+)\)"
    r".*?(?:inet_addr\(\"(?P<v4>[^\"]+)\"\)|inet_pton\(AF_INET6, \"(?P<v6>[^\"]+)\")"
)
# calls by which a program sends something to somebody; being called (accept, bind) tells nobody anything
SENDS = re.compile(r"\b(connect|sendto|sendmsg|sendmmsg)\(")
NAME_SERVICE_PORTS = {53, 853, 5353, 5355}

HOOK = """
import json, os, sys

def hook(event, args):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = args[1]
        if isinstance(address, tuple):
            note([str(address[0]), int(address[1])])
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        note([str(args[0]), 53])

def note(said):
    with open(os.environ["WATCHED"], "a") as file:
        file.write(json.dumps(said) + "\\n")

sys.addaudithook(hook)
"""


def strace_works() -> bool:
    strace = shutil.which("strace")
    return (
        strace is not None
        and not subprocess.run(
            [
                strace,
                "-f",
                "--seccomp-bpf",
                "-o",
                os.devnull,
                "-e",
                "trace=%network",
                sys.executable,
                "-c",
                "",
            ],
            capture_output=True,
            check=False,
        ).returncode
    )


def is_outside(host: str, port: int) -> bool:
    """True for an address that is not this machine, and for name servers wherever they are."""
    if port in NAME_SERVICE_PORTS:
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host not in ("localhost", "")
    mapped = getattr(address, "ipv4_mapped", None) or address
    return not (mapped.is_loopback or mapped.is_unspecified)


def sent_to(trace: str) -> list[tuple[str, int]]:
    """(host, port) of every call in an strace log that addresses somebody by an internet address."""
    return [
        (hit["v4"] or hit["v6"], int(hit["port"]))
        for line in trace.splitlines()
        if SENDS.search(line)
        for hit in ADDRESS.finditer(line)
    ]


def by_strace(arguments: list[str], scratch: Path) -> list[tuple[str, int]]:
    log = scratch / "trace"
    strace = ["strace", "-f", "--seccomp-bpf", "-e", "trace=%network", "-s", "64", "-o", str(log)]
    done = subprocess.run(
        [*strace, sys.executable, *arguments],
        cwd=scratch,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return sent_to(log.read_text("utf-8", errors="replace"))


def by_audit(arguments: list[str], scratch: Path) -> list[tuple[str, int]]:
    watched, hooks = scratch / "watched", scratch / "hooks"
    hooks.mkdir()
    (hooks / "sitecustomize.py").write_text(HOOK)
    watched.touch()
    env = os.environ | {"PYTHONPATH": str(hooks), "WATCHED": str(watched)}
    found: list[tuple[str, int]] = []
    with (scratch / "output").open("w+") as output:
        child = psutil.Popen(
            [sys.executable, *arguments], cwd=scratch, env=env, stdout=output, stderr=subprocess.STDOUT
        )
        waited_s = 0.0
        while waited_s < LIMIT_S:
            found += sockets_of(child)
            try:
                code = child.wait(timeout=0.05)
                break
            except psutil.TimeoutExpired:
                waited_s += 0.05
        else:
            child.kill()
            pytest.fail(f"did not end within {LIMIT_S} s")
        output.seek(0)
        assert code == 0, output.read()[-3000:]
    return found + [(host, port) for host, port in map(json.loads, watched.read_text().splitlines())]


def sockets_of(child: psutil.Process) -> list[tuple[str, int]]:
    found = []
    try:
        family = [child, *child.children(recursive=True)]
    except psutil.Error:
        return []
    for process in family:
        try:
            connections = process.net_connections(kind="inet")
        except psutil.Error:
            continue
        found += [(c.raddr.ip, c.raddr.port) for c in connections if c.raddr]
    return found


def watched(arguments: list[str], scratch: Path) -> list[tuple[str, int]]:
    return by_strace(arguments, scratch) if strace_works() else by_audit(arguments, scratch)


def test_the_demo_talks_to_nobody_outside(models: dict[str, Path], home: Path, tmp_path: Path) -> None:
    assert all(path.is_file() for path in models.values())  # nothing is left to be fetched
    numbers = tmp_path / "numbers.json"
    seen = watched([*DEMO, "--json", str(numbers)], tmp_path)
    assert [said for said in seen if is_outside(*said)] == []
    played = json.loads(numbers.read_text("utf-8"))
    assert played["frames_tracked"] > 0
    assert Path(played["database"]).is_relative_to(home)


# 192.0.2.0/24 and 2001:db8::/32 are addresses of nobody. Connecting a datagram socket sends nothing.
ITSELF = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('192.0.2.7', 4444))"
CHILD = """
import multiprocessing, socket
def breach():
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(("192.0.2.8", 4444))
if __name__ == "__main__":
    child = multiprocessing.get_context("spawn").Process(target=breach)
    child.start()
    child.join()
    assert child.exitcode == 0
"""
NATIVE = """
import ctypes, socket, struct
c = ctypes.CDLL(None)
s = c.socket(socket.AF_INET, socket.SOCK_DGRAM, 0)
address = struct.pack("=HH4s8s", socket.AF_INET, socket.htons(4444), bytes([192, 0, 2, 9]), bytes(8))
c.connect(s, address, 16)
"""


@pytest.mark.parametrize(
    ("code", "host"), [(ITSELF, "192.0.2.7"), (CHILD, "192.0.2.8")], ids=["itself", "child"]
)
@pytest.mark.parametrize("how", [by_strace, by_audit])
def test_a_breach_would_be_seen(
    how: Callable[[list[str], Path], list[tuple[str, int]]], code: str, host: str, tmp_path: Path
) -> None:
    if how is by_strace and not strace_works():
        pytest.skip("strace is not installed, or this machine does not let it watch")
    script = tmp_path / "breach.py"
    script.write_text(code)
    seen = how([str(script)], tmp_path)
    assert (host, 4444) in seen
    assert is_outside(host, 4444)


def test_native_calls_would_be_seen(tmp_path: Path) -> None:
    """A connection made by C code, which no audit hook of Python notices."""
    if not strace_works():
        pytest.skip("strace is not installed, or this machine does not let it watch")
    assert ("192.0.2.9", 4444) in by_strace(["-c", NATIVE], tmp_path)


def test_what_strace_says_is_understood() -> None:
    log = """
12 connect(3, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("198.51.100.1")}, 16) = 0
12 connect(3, {sa_family=AF_INET6, sin6_port=htons(80), inet_pton(AF_INET6, "2001:db8::1", &x)}, 28) = 0
12 connect(3, {sa_family=AF_UNIX, sun_path="/run/pulse/native"}, 110) = 0
12 bind(3, {sa_family=AF_INET, sin_port=htons(0), sin_addr=inet_addr("127.0.0.1")}, 16) = 0
13 sendto(4, "x", 1, 0, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")}, 16) = 1
13 connect(5, {sa_family=AF_INET, sin_port=htons(9), sin_addr=inet_addr("127.0.0.1")}, 16 <unfinished ...>
"""
    assert sent_to(log) == [
        ("198.51.100.1", 443),
        ("2001:db8::1", 80),
        ("127.0.0.53", 53),
        ("127.0.0.1", 9),
    ]
    assert [is_outside(*said) for said in sent_to(log)] == [True, True, True, False]
