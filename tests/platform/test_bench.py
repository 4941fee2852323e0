"""The bench of hot reads works, at a tiny scale: its figures say nothing here, that it has all of them does."""

from pathlib import Path

from tests.bench import reads


def test_every_hot_read_is_measured(tmp_path: Path) -> None:
    usual, heavy = reads.bench(tmp_path / "state", scale=0.001, rounds=2, say=lambda _: None)
    assert [row[0] for row in usual.rows] == [row[0] for row in heavy.rows]
    assert [row[0] for row in usual.rows] == [
        "a lane of the lead board",
        "one lead with its timeline",
        "newest 50 commission lines",
        "earnings summary",
        "tier status",
        "dashboard in one call",
        "unread counts of all channels",
        "newest 50 messages",
        "leaderboard, top 50",
        "own rank, from the snapshot",
        "own rank, exact",
    ]
    assert all(float(row[1]) > 0 and float(row[2]) > 0 for row in (*usual.rows, *heavy.rows))
