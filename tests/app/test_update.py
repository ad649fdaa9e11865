"""Whether there is a newer version is asked of a real index on this machine, by the real pip; never else."""

from __future__ import annotations

import ast
import json
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import rehabgames
from rehabgames import __version__
from rehabgames.app.update import AT_MOST_S, newest
from rehabgames.core.errors import MachineError, RehabgamesError, UseError

JSON = "application/vnd.pypi.simple.v1+json"


def files(*versions: str, **more: object) -> bytes:
    """What an index answers of these versions, PEP 691; more: of each file."""
    names = [f"rehabgames-{each}-py3-none-any.whl" for each in versions]
    listed = [{"filename": name, "url": name, "hashes": {}, **more} for name in names]
    return json.dumps({"meta": {"api-version": "1.0"}, "name": "rehabgames", "files": listed}).encode()


class Index(ThreadingHTTPServer):
    """Answers every question alike, and keeps what was asked."""

    daemon_threads = True

    def __init__(self, body: bytes, status: int = 200, kind: str = JSON) -> None:
        self.body, self.status, self.kind = body, status, kind
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), Answer)

    def handle_error(self, request, client_address) -> None:
        """Somebody who does not trust this server hangs up."""


class Answer(BaseHTTPRequestHandler):
    server: Index

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.send_response(self.server.status)
        self.send_header("Content-Type", self.server.kind)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *said) -> None:
        pass


@contextmanager
def served(index: Index) -> Iterator[str]:
    thread = threading.Thread(target=index.serve_forever)
    thread.start()
    try:
        yield f"127.0.0.1:{index.server_address[1]}/simple"
    finally:
        index.shutdown()
        thread.join()
        index.server_close()


@pytest.fixture(autouse=True)
def _only_what_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What pip is set to on this machine does not count."""
    settings = ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_CERT", "PIP_TRUSTED_HOST")
    for name in (*settings, "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "pip.conf").touch()
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


def test_a_newer_version_is_told_and_only_the_list_was_asked_for() -> None:
    index = Index(files("0.0.9", "99.1.0", __version__))
    with served(index) as at:
        said = str(newest(f"http://{at}"))
    assert said.startswith(f"There is rehabgames 99.1.0; this is {__version__}. ")
    assert "pipx upgrade rehabgames" in said
    assert index.asked == ["/simple/rehabgames/"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (files("0.0.9", __version__), f"rehabgames {__version__} is the newest version."),
        (files("0.0.9"), f"rehabgames {__version__} is newer than 0.0.9, the newest that "),
        (files("0.0.9", "99.0.0rc1"), f"rehabgames {__version__} is newer than 0.0.9"),  # not for patients
    ],
)
def test_what_is_not_newer_is_told_as_it_is(body: bytes, said: str) -> None:
    with served(Index(body)) as at:
        assert str(newest(f"http://{at}")).startswith(said)


@pytest.mark.parametrize("more", [{"yanked": True}, {"requires-python": ">=4"}])
def test_what_was_withdrawn_or_is_for_another_python_is_not_told(more: dict[str, object]) -> None:
    with (
        served(Index(files("99.0.0", **more))) as at,
        pytest.raises(MachineError, match="finds no rehabgames"),
    ):
        newest(f"http://{at}")


@pytest.mark.parametrize(
    "index",
    [
        lambda: Index(b"", 404),
        lambda: Index(b"", 500),
        lambda: Index(b"\x00{[nonsense", 200),
        lambda: Index(b"[]", 200),
        lambda: Index(files("99.0.0"), 200, "image/png"),
        lambda: Index(files("\u001b[31m99", "99;rm -rf")),
    ],
    ids=["not found", "broken", "nonsense", "no list", "a picture", "names that are none"],
)
def test_every_useless_answer_is_one_sentence(index: Callable[[], Index]) -> None:
    with served(index()) as at, pytest.raises(MachineError) as refused:
        newest(f"http://{at}")
    assert str(refused.value).startswith("It is not known whether there is a newer version: ")
    assert len(str(refused.value).splitlines()) == 1


def test_nobody_there_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    with pytest.raises(MachineError, match="no network answered"):
        newest(f"http://127.0.0.1:{port}/simple")


def test_an_index_that_never_answers_is_waited_for_a_few_seconds() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began_s = time.monotonic()
        with pytest.raises(MachineError, match="no network answered"):
            newest(f"http://127.0.0.1:{silent.getsockname()[1]}/simple")
    assert 4.0 < time.monotonic() - began_s < AT_MOST_S + 2.0


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of 127.0.0.1, by nobody whom this machine knows; its key is beside it."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl, which makes a certificate, is not installed")
    folder = tmp_path_factory.mktemp("certificate")
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=127.0.0.1",
    ]
    more = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out", "cert.pem"]
    subprocess.run([*made, *more], cwd=folder, check=True, capture_output=True)
    return folder / "cert.pem"


def encrypted(index: Index, certificate: Path) -> Index:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_name("key.pem"))
    index.socket = context.wrap_socket(index.socket, server_side=True)
    return index


def test_over_https_a_certificate_has_to_be_trusted(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served(encrypted(Index(files("99.0.0")), certificate)) as at:
        with pytest.raises(MachineError, match="certificate that this machine does not trust"):
            newest(f"https://{at}")
        monkeypatch.setenv("PIP_CERT", str(certificate))
        assert newest(f"https://{at}").version == "99.0.0"


@pytest.mark.parametrize(
    "address",
    [
        "http://192.0.2.7/simple",
        "ftp://127.0.0.1/",
        "file:///etc",
        "127.0.0.1",
        "",
        "https://",
        "http://[::1",
    ],
)
def test_an_address_over_which_an_answer_could_be_forged_is_refused(address: str) -> None:
    with pytest.raises(UseError, match="is no address that can be asked"):
        newest(address)


def test_without_pip_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rehabgames.app.update.has_pip", lambda: False)
    with pytest.raises(RehabgamesError, match="no pip here"):
        newest("https://192.0.2.7/simple")


def test_nothing_in_the_program_can_open_a_connection_but_the_pip_that_people_asked_for() -> None:
    """Modules that open one are imported nowhere, and pip is started by two modules only."""
    opens = {"socket", "ssl", "http", "ftplib", "smtplib", "urllib", "requests", "httpx", "aiohttp", "xmlrpc"}
    source = Path(rehabgames.__file__).parent
    imported, asks = set(), set()
    for path in source.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
                if any(each.name == "pip_command" for each in node.names):
                    asks.add(path.relative_to(source).as_posix())
            for name in names:
                if name.partition(".")[0] in opens and name != "urllib.parse":
                    imported.add(f"{path.relative_to(source)}: {name}")
    assert imported == set()
    assert asks == {"app/update.py", "tracking/fetching.py"}
