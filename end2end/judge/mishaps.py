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

from attacks import Site, person

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


def closed_release(site):
    site.run("instrument", "close", site.wave["survey"])
    assert outcome(cut(site))[1] == "released"
    return {t["id"]: t for t in site.aggregates()["tables"]}


def alike(binary):
    """Sixty who answered alike: what everybody said is not shown of anybody."""
    with Site(binary) as site:
        answers = person(random.Random(3))
        for _ in range(60):
            site.submit(answers)
        tables = closed_release(site)
        # Who has never used AI is asked little else, so this is told by the route too.
        assert all(c["count"] is None for c in tables["ai_use"]["cells"] if c["count"] != 0), \
            tables["ai_use"]
        split = [t for t in tables.values() if t["by"] and any(c["count"] for c in t["cells"])]
        assert all(c["code"] is None for t in split for c in t["cells"] if c["count"]), \
            "a group is shown in which everybody said the same"
        return f"{len(tables)} tables, {len(split)} of them show the size of a group and no more"


def unanswered(binary):
    """Questions that everybody was asked and nobody answered: no figure, no chart, and a reason."""
    def strip(lang):
        page = site.get(f"/{lang}/results/1/charts/education")
        assert page[0] == 200, page[0]
        return page[1].decode()

    with Site(binary) as site:
        draw = random.Random(4)
        for _ in range(90):
            site.submit(person(draw))
        tables = closed_release(site)
        assert tables["age_band"]["base"] == 90, "others are shown beside it"
        silent = [t for t in tables.values() if "education" in (t["question"], t["by"])]
        assert len(silent) > 5, [t["id"] for t in silent]
        for table in silent:
            assert table["base"] is None, table["id"]
            for cell in table["cells"]:
                assert cell["count"] is None and cell["status"] == "withheld", (table["id"], cell)
                assert cell["reason"] == "base_below_minimum", (table["id"], cell)
        audited = {t["id"] for t in json.loads(
            site.get("/api/v1/releases/1/files/audit.json")[1])["tables"]}
        assert not audited & {t["id"] for t in silent}, "nothing of it is bounded"
        for lang, why in [("en", "fewer than 30"), ("zh", "不到 30")]:
            page = strip(lang)
            assert why in page, f"{lang}: no reason"
            assert 'class="mark' not in page, "an empty chart"
            assert site.get(f"/{lang}/results/1?by=education")[0] in (200, 404)
        assert site.get("/en/results/1/charts/education.svg")[0] == 200
        return f"{len(silent)} tables, all withheld for the same reason"


def one_apart(binary):
    """Fifty-nine women and one man, each known to have taken part: what the totals and the women
    leave for him is nowhere a single answer, nor nearly."""
    with Site(binary) as site:
        draw = random.Random(5)
        for n in range(60):
            answers = person(draw)
            site.submit({**answers, "gender": {"code": "man" if n == 31 else "woman"}})
        tables = closed_release(site)
        rules = json.loads(site.get("/api/v1/releases/1/files/audit.json")[1])["parameters"]
        step, least = rules["round_to"], rules["min_cell"]

        def bounds(cell):
            if cell["status"] == "shown":
                low = cell["count"] - step // 2
                return (max(low, 0), low + step - 1) if cell["count"] else (0, 0)
            return (0, least - 1) if cell["status"] == "fewer_than_10" else (0, 60)

        looked = 0
        for table in tables.values():
            if table["by"] != "gender" or table["base"] is None:
                continue
            whole = tables[table["id"].removesuffix("__by_gender")]
            for cell in table["cells"]:
                if cell["by_code"] != "man":
                    continue
                assert not cell["count"], (table["id"], cell)
                if cell["code"] is None or cell["count"] == 0:
                    continue
                total = next(c for c in whole["cells"] if c["code"] == cell["code"])
                others = [bounds(c) for c in table["cells"]
                          if c["code"] == cell["code"] and c["by_code"] != "man"]
                low = bounds(total)[0] - sum(high for _, high in others)
                high = bounds(total)[1] - sum(low for low, _ in others)
                own = bounds(cell)
                low, high = max(low, own[0]), min(high, own[1])
                looked += 1
                assert high - low >= 5, f"{table['id']} {cell['code']}: {low} to {high} men"
        assert looked > 20, looked
        return f"{looked} cells of the one man, each open by five and more"


def tried(trials, only, *given):
    """Runs the trials, says how each ended, and gives what the program exits with."""
    failed = 0
    for trial in trials:
        if only and trial.__name__ != only:
            continue
        started = time.time()
        try:
            verdict = trial(*given)
        except AssertionError as error:
            failed += 1
            verdict = f"FAILED: {error!r} at line {error.__traceback__.tb_next.tb_lineno}"
        print(f"{trial.__name__}: {verdict} ({time.time() - started:.0f} s)", flush=True)
    return 1 if failed else 0


def main():
    options = argparse.ArgumentParser()
    options.add_argument("binary")
    options.add_argument("--only")
    options = options.parse_args()
    trials = (several_at_once, killed, disk_full, changed_wave, thresholds, alike, unanswered,
              one_apart)
    return tried(trials, options.only, options.binary)


if __name__ == "__main__":
    sys.exit(main())
