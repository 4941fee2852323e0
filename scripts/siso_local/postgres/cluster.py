"""One local database cluster: made once, started, stopped.

    Cluster(Settings.load()).ensure()

Nothing half-made is ever taken for finished: the data folder is made beside its place and then renamed, and the
bootstrap (roles, extensions, the schemas of Auth, Storage and Realtime, guards) is one transaction whose last statement
leaves a mark. Whoever kills a set-up starts it again and gets a whole one.
"""

from __future__ import annotations

import fcntl
import locale
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg

from siso_local.postgres import binaries, first_run, process
from siso_local.postgres.binaries import ClusterError
from siso_local.settings import HOST, Settings, state_dir

__all__ = ["Cluster", "ClusterError"]

# Given on the command line at every start, so that a changed port or value needs no edit of a file.
SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "wal_level": "logical",
    "max_connections": "200",
    "shared_preload_libraries": "pg_stat_statements",
    # Hosted ends every statement after two minutes unless a role says otherwise.
    "statement_timeout": "2min",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] %u@%a ",
}
START_SECONDS = 60.0
STOP_SECONDS = 30.0


def _character_type() -> str:
    """A UTF-8 locale that this system knows, for what Postgres still asks the C library (text search, mostly)."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "en_US.UTF-8"):
            try:
                locale.setlocale(locale.LC_CTYPE, name)
            except locale.Error:
                continue
            return name
        return "C"
    finally:
        locale.setlocale(locale.LC_CTYPE, before)


class Cluster:
    """The database of the platform in ``SISO_STATE``. Safe to use from several processes at once (a file lock)."""

    def __init__(self, settings: Settings, state: Path | None = None) -> None:
        self.settings = settings
        self.state = (state or state_dir()).resolve()
        self.programs = self.state / "pg"
        self.data = self.state / "pgdata"
        self.log_file = self.state / "logs" / "db.log"

    # -- what others call ------------------------------------------------------------------------------------------

    def ensure(self) -> None:
        """Makes what is missing and starts the server: afterwards the database is ready for migrations.

        Raises ``ClusterError`` with a reason that is fit to be shown.
        """
        with self._lock():
            binaries.install(self.programs, may_replace=process.running_server(self.data) is None)
            if not self.data.exists():
                self._initdb()
            self._start()
            with self.connect() as connection:
                first_run.run(connection, self.settings.db_passwords)

    def start(self) -> None:
        """Starts the server of a cluster that was made before and waits until it answers; does nothing if it runs."""
        with self._lock():
            if not self.data.exists():
                raise ClusterError(f"There is no database in {self.state}: run ./scripts/start first.")
            self._start()

    def stop(self) -> None:
        """Ends the server in good order (open transactions are rolled back); does nothing if it does not run."""
        with self._lock():
            server = process.running_server(self.data)
            if server is None:
                return
            server.send_signal(signal.SIGINT)
            try:
                server.wait(STOP_SECONDS)
            except psutil.TimeoutExpired:
                # Immediate shutdown; the next start recovers from the write-ahead log.
                server.send_signal(signal.SIGQUIT)
                server.wait(STOP_SECONDS)

    def ready(self) -> bool:
        """Whether our server answers a query now."""
        try:
            with self.connect() as connection:
                connection.execute("select 1")
        except psycopg.OperationalError:
            return False
        return True

    def pid(self) -> int | None:
        """The process id of the running server, None while it does not run."""
        server = process.running_server(self.data)
        return server.pid if server else None

    def connect(self) -> psycopg.Connection:
        """A connection as the superuser `supabase_admin`, for set-up and tests."""
        return psycopg.connect(self.settings.dsn("supabase_admin"), connect_timeout=5)

    # -- how it is done --------------------------------------------------------------------------------------------

    @contextmanager
    def _lock(self) -> Iterator[None]:
        self.log_file.parent.mkdir(parents=True, exist_ok=True)
        with (self.state / "pg.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _initdb(self) -> None:
        fresh = self.data.with_name(self.data.name + ".new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        password_file = fresh.with_name("pgdata.password")
        password_file.touch(mode=0o600)
        password_file.write_text(self.settings.db_passwords["supabase_admin"] + "\n")
        command = [
            str(self.programs / "bin" / "initdb"),
            f"--pgdata={fresh}",
            "--username=supabase_admin",
            f"--pwfile={password_file}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            # The collation built into Postgres: the same order on every system, now and after its updates.
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            f"--lc-ctype={_character_type()}",
            # What the first start writes is flushed anyway; a crash before the rename leaves nothing.
            "--no-sync",
        ]
        try:
            run = process.launch(command, (fresh, password_file), subprocess.PIPE)
            output = run.communicate()[0].decode(errors="replace")
        finally:
            password_file.unlink(missing_ok=True)
        if run.returncode != 0:
            shutil.rmtree(fresh, ignore_errors=True)
            raise ClusterError(f"initdb failed:\n{output}")
        key = fresh / "vault.key"
        key.touch(mode=0o600)
        key.write_text(secrets.token_urlsafe(32))
        os.chown(key, fresh.stat().st_uid, fresh.stat().st_gid)
        fresh.rename(self.data)

    def _start(self) -> None:
        if process.running_server(self.data) is None:
            self._require_free_port()
        deadline = time.monotonic() + START_SECONDS
        while True:
            server = None
            size = self.log_file.stat().st_size if self.log_file.exists() else 0
            if process.running_server(self.data) is None:
                server = self._spawn()
            while time.monotonic() < deadline:
                if self.ready():
                    return
                if server is not None and server.poll() is not None:
                    break
                time.sleep(0.03)
            reason = self._log_since(size)
            # After a killed server its children need a moment to let go of the shared memory.
            if "pre-existing shared memory block" in reason and time.monotonic() < deadline:
                time.sleep(0.3)
                continue
            raise ClusterError(f"Postgres did not start; {self.log_file} says:\n{reason}")

    def _spawn(self) -> subprocess.Popen[bytes]:
        options = {**SETTINGS, "port": str(self.settings.port("db"))}
        command = [str(self.programs / "bin" / "postgres"), "-D", str(self.data)]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        with self.log_file.open("ab") as log:
            return process.launch(command, (self.data,), log)

    def _log_since(self, position: int) -> str:
        if not self.log_file.exists():
            return ""
        with self.log_file.open("rb") as log:
            log.seek(position)
            return log.read()[-4000:].decode(errors="replace")

    def _require_free_port(self) -> None:
        port = self.settings.port("db")
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError as error:
                raise ClusterError(
                    f"Port {port}, which the database needs, is taken. Stop what listens there or choose other ports "
                    "with --port-base."
                ) from error
