"""What can go wrong with a release, and the answers that are hard to keep apart.

    mishaps.py BINARY

Runs the binary in folders of its own; every release that is seen has to be whole.
"""

import argparse
import hashlib
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time

from attacks import Receipt, Site, person

FOUR_PAGES = 4 * 4096
ROUNDS = 6


def cut(site, **options):
    return subprocess.Popen([site.binary, "release", "cut", "--json"], cwd=site.path,
                            env=site.environment, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, **options)


def outcome(process):
    said, complained = process.communicate(timeout=300)
    return process.returncode, json.loads(said or b"{}").get("outcome"), complained.decode()


def whole_releases(site):
    """The number of releases; each must have every file that its list of checksums names."""
    releases = json.loads(site.get("/api/v1/releases")[1])["releases"]
    for number, release in enumerate(releases, 1):
        assert release["release"] == number, releases
        path = f"/api/v1/releases/{number}/files/"
        status, sums, _ = site.get(path + "SHA256SUMS")
        assert status == 200, f"release {number} is not whole"
        for line in sums.decode().splitlines():
            digest, name = line.split("  ")
            assert hashlib.sha256(site.get(path + name)[1]).hexdigest() == digest, name
    return len(releases)


def simulate(site, count, seed=1):
    site.run("simulate", "--responses", str(count), "--seed", str(seed))


def several_at_once(binary):
    with Site(binary) as site:
        simulate(site, 90)
        outcomes = [outcome(process) for process in [cut(site) for _ in range(4)]]
        done = [said for _, said, _ in outcomes]
        assert done.count("released") == 1, outcomes
        assert whole_releases(site) == 1
        return f"of four at once one released, the others: {sorted(map(str, done))[1:]}"


def killed(binary):
    draw, killed_at, released_anyway = random.Random(1), 0, 0
    with Site(binary) as site:
        simulate(site, 60)
        started = time.time()
        assert outcome(cut(site))[1] == "released"
        whole = time.time() - started
        for round in range(ROUNDS):
            simulate(site, 60, seed=round + 2)
            before = whole_releases(site)
            process = cut(site)
            time.sleep(whole * (round + draw.random()) / ROUNDS)
            killed_at += process.poll() is None
            process.kill()
            process.wait()
            after = whole_releases(site)
            assert after in (before, before + 1)
            released_anyway += after > before
            code, said, complained = outcome(cut(site))
            assert code == 0, complained
            assert said == ("too_few" if after > before else "released"), said
            assert whole_releases(site) == before + 1
        assert killed_at >= ROUNDS // 2, "most of them ended before they could be killed"
        return f"{killed_at} of {ROUNDS} killed half-way, {released_anyway} of them after their release"


def disk_full(binary):
    def no_room():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        size = os.path.getsize(f"{site.path}/partake.db-wal")
        limit = max(size, os.path.getsize(f"{site.path}/partake.db")) + FOUR_PAGES
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    with Site(binary) as site:
        simulate(site, 90)
        code, said, complained = outcome(cut(site, preexec_fn=no_room))
        assert code != 0 and said is None, "there was room"
        assert "\npartake: " in f"\n{complained}", complained
        assert "panicked" not in complained, complained
        assert whole_releases(site) == 0
        assert site.submit(person(random.Random(2))), "answers still come in"
        assert outcome(cut(site))[1] == "released"
        assert whole_releases(site) == 1
        return complained.strip().splitlines()[-1][:90]


def changed_wave(binary):
    with Site(binary) as site:
        simulate(site, 3)
        here = os.path.dirname(os.path.abspath(__file__))
        with open(f"{here}/../../instruments/partake_core/instrument.yaml", encoding="utf-8") as file:
            text = file.read()
        changed = text.replace("你现在更接近哪一头？", "你更接近哪一头？", 1)
        assert changed != text
        with open(f"{site.path}/changed.yaml", "w", encoding="utf-8") as file:
            file.write(changed)
        before = site.get("/api/v1/instrument")[1]
        answer = subprocess.run([site.binary, "instrument", "publish", "changed.yaml"],
                                cwd=site.path, env=site.environment, capture_output=True)
        assert answer.returncode != 0, "a wave was changed while answers came in"
        assert site.get("/api/v1/instrument")[1] == before
        return answer.stderr.decode().strip().splitlines()[-1][:90]


def thresholds(binary):
    seen = []
    for count, closed, n in [(29, True, None), (30, True, 30), (49, False, None), (50, False, 30)]:
        with Site(binary) as site:
            simulate(site, count)
            if closed:
                site.run("instrument", "close", site.wave["survey"])
            said = outcome(cut(site))[1]
            assert said == ("released" if n else "too_few"), (count, said)
            if n:
                release = site.aggregates()
                assert release["n"] == n, release["n"]
                split = [t for t in release["tables"] if t["by"] and t["base"] is not None]
                assert not split, "a table of thirty is split"
            seen.append(f"{count}{' closed' if closed else ''}: {n or 'nothing'}")
    return ", ".join(seen)


def alike(binary):
    """Sixty who answered alike, one question that nobody answered, and one man."""
    with Site(binary) as site:
        answers = person(random.Random(3))
        for _ in range(59):
            site.submit({**answers, "gender": {"code": "woman"}})
        site.submit({**answers, "gender": {"code": "man"}}, Receipt())
        site.run("instrument", "close", site.wave["survey"])
        assert outcome(cut(site))[1] == "released"
        tables = {t["id"]: t for t in site.aggregates()["tables"]}
        counts = [c["count"] for t in tables.values() for c in t["cells"] if c["count"]]
        assert all(c["count"] is None for c in tables["ai_use"]["cells"] if c["count"] != 0), \
            tables["ai_use"]
        unanswered = tables["education"]
        assert unanswered["base"] is None or all(c["count"] is None for c in unanswered["cells"])
        for table in tables.values():
            if table["by"] == "gender":
                column = [c for c in table["cells"] if c["by_code"] == "man"]
                assert all(not c["count"] for c in column), table["id"]
        return f"{len(counts)} counts shown in {len(tables)} tables, none of the one man"


def main():
    options = argparse.ArgumentParser()
    options.add_argument("binary")
    options.add_argument("--only")
    options = options.parse_args()
    failed = 0
    for mishap in (several_at_once, killed, disk_full, changed_wave, thresholds, alike):
        if options.only and mishap.__name__ != options.only:
            continue
        started = time.time()
        try:
            verdict = mishap(options.binary)
        except AssertionError as error:
            failed += 1
            verdict = f"FAILED: {error!r} at line {error.__traceback__.tb_next.tb_lineno}"
        print(f"{mishap.__name__}: {verdict} ({time.time() - started:.0f} s)", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
