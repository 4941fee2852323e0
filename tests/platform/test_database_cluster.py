"""The cluster itself: made once and whole, whatever interrupts it; started, stopped, and reachable from here alone."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from siso_local.postgres import Cluster, ClusterError, first_run, process
from siso_local.settings import HOST
from tests.platform.database_support import connect, eventually, new_platform, rows, value


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    cluster = new_platform(tmp_path)
    try:
        yield cluster
    finally:
        cluster.stop()


def test_a_life(cluster: Cluster) -> None:
    assert not cluster.ready()
    assert cluster.pid() is None
    cluster.ensure()
    assert cluster.ready()
    with connect(cluster.settings) as db:
        db.execute("create table public.kept as select 42 as answer")
    first = cluster.pid()
    cluster.ensure()
    assert cluster.pid() == first, "a second call changes nothing"
    cluster.stop()
    cluster.stop()
    assert not cluster.ready()
    cluster.start()
    assert cluster.ready()
    with connect(cluster.settings) as db:
        assert value(db, "select answer from public.kept") == 42


def test_a_killed_server_starts_again(cluster: Cluster) -> None:
    cluster.ensure()
    with connect(cluster.settings) as db:
        db.execute("create table public.kept as select 42 as answer")
    pid = cluster.pid()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    eventually(lambda: not cluster.ready())
    cluster.start()
    with connect(cluster.settings) as db:
        assert value(db, "select answer from public.kept") == 42


def test_a_lock_file_of_another_process_is_no_hindrance(cluster: Cluster) -> None:
    cluster.ensure()
    cluster.stop()
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster.data}\n")
    cluster.start()
    assert cluster.ready()


def test_what_a_killed_initdb_left_is_not_taken_for_a_cluster(cluster: Cluster) -> None:
    cluster.data.with_name("pgdata.new").mkdir()
    (cluster.data.with_name("pgdata.new") / "PG_VERSION").write_text("17\n")
    cluster.programs.with_name("pg.new").mkdir()
    (cluster.programs.with_name("pg.new") / "bin").write_text("half")
    cluster.ensure()
    assert cluster.ready()
    assert not cluster.data.with_name("pgdata.new").exists()


def test_a_failed_bootstrap_leaves_nothing_and_is_done_again(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = first_run.FILES[0].with_name("99_broken.sql")
    monkeypatch.setattr(first_run, "FILES", (*first_run.FILES, broken))
    with pytest.raises(FileNotFoundError):
        cluster.ensure()
    with cluster.connect() as db:
        assert rows(db, "select 1 from pg_roles where rolname = 'authenticator'") == []
    monkeypatch.undo()
    cluster.ensure()
    with connect(cluster.settings) as db:
        assert value(db, "select count(*) from auth.users") == 0


def test_a_mistake_in_a_bootstrap_file_names_the_file(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    text = Path.read_text

    def spoiled(path: Path, *arguments: str, **named: str) -> str:
        return "selec 1;" if path.name == "90_guards.sql" else text(path, *arguments, **named)

    monkeypatch.setattr(Path, "read_text", spoiled)
    with pytest.raises(ClusterError, match=r"90_guards\.sql.*syntax error"):
        cluster.ensure()
    with cluster.connect() as db:
        assert rows(db, "select 1 from pg_roles where rolname = 'authenticator'") == []


def refuse_namespaces(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container that forbids user namespaces."""
    monkeypatch.setattr(process, "_unshare_prefix", lambda: ())


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has rights to drop")
@pytest.mark.parametrize("mode", [0o755, 0o700])
def test_root_without_namespaces(monkeypatch: pytest.MonkeyPatch, mode: int) -> None:
    """Below an open folder, and below a closed one such as root's home."""
    refuse_namespaces(monkeypatch)
    home = Path(tempfile.mkdtemp())
    home.chmod(mode)
    cluster = new_platform(home / "state")
    try:
        cluster.ensure()
        with cluster.connect() as db:
            db.execute("create temp table ids (line text)")
            db.execute("copy ids from program 'id -un'")
            assert value(db, "select line from ids") == "nobody"
        cluster.stop()
        cluster.start()
    finally:
        cluster.stop()
        shutil.rmtree(home)


def test_a_taken_port_is_named(cluster: Cluster) -> None:
    with socket.socket() as other:
        # As servers do: a connection of a moment ago may still hold the address.
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind((HOST, cluster.settings.port("db")))
        other.listen()
        with pytest.raises(ClusterError, match=f"Port {cluster.settings.port('db')}"):
            cluster.ensure()
    cluster.ensure()
    assert cluster.ready()


def test_start_without_a_cluster_says_what_to_do(cluster: Cluster) -> None:
    with pytest.raises(ClusterError, match=r"\./scripts/start"):
        cluster.start()


def test_only_loopback_and_only_with_a_password(cluster: Cluster) -> None:
    cluster.ensure()
    pid = cluster.pid()
    assert pid is not None
    listening = [c.laddr for c in psutil.Process(pid).net_connections("all") if c.status == psutil.CONN_LISTEN]
    assert [(address.ip, address.port) for address in listening] == [(HOST, cluster.settings.port("db"))]
    hba = [line.split() for line in (cluster.data / "pg_hba.conf").read_text().splitlines() if line[:1].isalpha()]
    assert {line[-1] for line in hba} == {"scram-sha-256"}
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(cluster.settings.dsn("supabase_admin"), password="")


def test_the_server_is_not_root(cluster: Cluster) -> None:
    cluster.ensure()
    with cluster.connect() as db:
        db.execute("create temp table ids (line text)")
        db.execute("copy ids from program 'id -u'")
        assert value(db, "select line from ids") != "0"


def test_the_programs_outlive_the_installed_package(cluster: Cluster) -> None:
    """Nothing of the copy points back into node_modules."""
    cluster.ensure()
    links = [path for path in cluster.programs.rglob("*") if path.is_symlink()]
    assert links
    assert all(path.resolve().is_relative_to(cluster.programs) for path in links)
    assert all(path.exists() for path in links)
