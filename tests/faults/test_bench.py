"""A short run of the bench, which needs real processes, too: that it measures what it says, not how fast it is."""

import json

import pytest

from tests.bench import __main__ as bench
from tests.bench.__main__ import main
from tests.bench.contenders import Small


@pytest.mark.timeout(240)
def test_short_bench(tmp_path, capsys):
    path = tmp_path / "bench.json"

    main(
        [
            *["--only", "ws", "--only", "textbook", "--only", "small", "--members", "20", "--idle", "20"],
            *["--rounds", "1", "--seconds", "0.2", "--history", "2000", "--json", str(path)],
        ]
    )

    found = json.loads(path.read_text())
    assert list(found["contenders"]) == ["ws", "textbook", "small"]
    for contender in found["contenders"].values():
        assert list(contender["floods"]) == ["1", "4", "16", "64"]
        for flood in contender["floods"].values():
            assert set(flood["faults"].values()) == {0}
            assert flood["deliveries"] == flood["messages"] * 20
            assert flood["cpu"]["web"] > 0
        assert contender["half_load"]["complete"]
        assert contender["half_load"]["p50_ms"] <= contender["half_load"]["p99_ms"]
    small = found["contenders"]["small"]
    assert small["durable_per_second"] > 0
    assert small["catch_up"]["deliveries"] == 20 * 1_000
    assert small["history"]["messages"] == 2_000
    assert "deliveries per CPU-second, 16 in flight" in capsys.readouterr().out
    assert {target["name"] for target in found["targets"]} >= {"small: durable messages a second"}


@pytest.mark.timeout(240)
def test_short_bench_of_notes(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(bench, "CONTENDERS", [Small])
    path = tmp_path / "bench.json"

    main(["--only", "notes", "--members", "5", "--seconds", "0.5", "--updates", "250", "--json", str(path)])

    found = json.loads(path.read_text())["contenders"]
    assert list(found) == ["small"]
    for contender in found.values():
        notes = contender["notes"]
        for pace in (notes["typing"], notes["flat_out"]):
            assert pace["deliveries"] > 0
            assert 0 < pace["p50_ms"] <= pace["p99_ms"]
        assert notes["updates"] > 250
        assert 0 < notes["log_bytes"] <= notes["written_bytes"]
    assert "20 people in one set of notes" in capsys.readouterr().out


@pytest.mark.timeout(300)
def test_short_bench_of_the_wall(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(bench, "CONTENDERS", [Small])
    path = tmp_path / "bench.json"

    main(["--only", "wall", "--members", "5", "--people", "60", "--seconds", "0.4", "--json", str(path)])

    found = json.loads(path.read_text())["contenders"]
    assert list(found) == ["small"]
    for contender in found.values():
        wall = contender["wall"]
        assert wall["complete"]
        assert wall["faults"] == 0
        assert wall["deliveries"] == wall["changes"] * 60 > 0
        for delays in (wall["each_ms"], wall["all_ms"], wall["screen_ms"]):
            assert 0 < delays["p50_ms"] <= delays["p99_ms"]
        assert wall["state_bytes"] > wall["state_gzip_bytes"] > 0
    assert "60 people at a wall with 415 topics" in capsys.readouterr().out
