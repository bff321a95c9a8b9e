"""Attacks on a running site, by somebody who has nothing but its address, or its files.

Every attack runs against the release binary, where it must find nothing, and against a build for
tests in which the protection it aims at is turned off, where it must find the leak.

    attacks.py BINARY UNPROTECTED_BINARY [--postgres URL --cluster FOLDER]

With `--postgres` those who look into what is stored (thief, linker) do so once more on a cluster
whose files lie in FOLDER; `psql` has to be on the path. Only Python's own library is used, and
nothing of Partake's code.
"""

import argparse
import hashlib
import json
import os
import random
import re
import secrets
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

TAU = 0.1
SUBMISSIONS = 2000
OTHERS = 20
ATTACKER = 100
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# A protection in PostgreSQL's schema; SQLite has no such samples.
SAMPLES = "samples"
SURVEY_TABLES = ("response", "free_text", "vote_sheet")
# Columns of the answers that say the same of many.
COMMON = {"survey", "wave", "release", "cohort", "item", "state", "may_show", "readable", "refusal"}


class Sqlite:
    """What is stored in a file."""

    name = "SQLite"

    def __init__(self, path):
        self.url = f"sqlite://{path}/partake.db?mode=rwc"
        self.backup = os.path.join(path, "backup.db")

    def sample(self):
        """SQLite puts no values aside unless it is told to."""

    def steal(self, site):
        """Every file: the database, its log, a backup. They are taken as they are."""
        site.run("backup", "backup.db")
        return files_in(site.path)

    def open(self, site):
        site.run("backup", "backup.db")
        self.db = sqlite3.connect(self.backup)

    def tables(self):
        # What an index over text holds stands in tables of its own, which are looked at.
        return [row[0] for row in self.db.execute("SELECT name FROM sqlite_master WHERE "
                                                  "type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")]

    def columns(self, table):
        return [row[1] for row in self.db.execute(f"PRAGMA table_info({table})")]

    def keys(self, table):
        return [row[2] for row in self.db.execute(f"PRAGMA foreign_key_list({table})")]

    def rows(self, table):
        return self.db.execute(f"SELECT * FROM {table}")

    def close(self):
        pass


class Postgres:
    """What is stored in a database of its own on a cluster."""

    name = "PostgreSQL"

    def __init__(self, server, cluster):
        self.server, self.cluster = server, cluster
        self.database = f"attacked_{secrets.token_hex(6)}"
        self.url = f"{server.rsplit('/', 1)[0]}/{self.database}"
        self.ask(self.server, f"CREATE DATABASE {self.database}")

    def ask(self, url, sql):
        done = subprocess.run(["psql", "-qAtX", "-v", "ON_ERROR_STOP=1", url, "-c", sql],
                              check=True, stdout=subprocess.PIPE)
        return done.stdout.decode().splitlines()

    def sample(self):
        """Values of every column are put aside for the planner."""
        self.ask(self.url, "ANALYZE")

    def unprotect(self):
        """Lets samples of submissions be put aside, as of any other table."""
        for table in SURVEY_TABLES:
            self.ask(self.url, f"ALTER TABLE {table} ALTER COLUMN id SET STATISTICS -1")

    def steal(self, site):
        """Every file of the database and of the log, after what the guide tells an operator to do
        when a release was made, and a dump."""
        self.ask(self.server, "SELECT pg_switch_wal()")
        self.ask(self.server, "CHECKPOINT")
        with open(os.path.join(site.path, "dump.sql"), "wb") as out:
            subprocess.run(["pg_dump", "--format=plain", self.url], check=True, stdout=out)
        oid, = self.ask(self.url, "SELECT oid FROM pg_database WHERE datname = current_database()")
        data = os.path.join(self.cluster, "data")
        return [*files_in(site.path), *files_in(os.path.join(data, "base", oid)),
                *files_in(os.path.join(data, "pg_wal"))]

    def open(self, _):
        pass

    def tables(self):
        return self.ask(self.url, "SELECT table_name FROM information_schema.tables "
                                  "WHERE table_schema = 'public' AND table_type = 'BASE TABLE'")

    def columns(self, table):
        return self.ask(self.url, "SELECT column_name FROM information_schema.columns WHERE "
                                  f"table_schema = 'public' AND table_name = '{table}' "
                                  "ORDER BY ordinal_position")

    def keys(self, table):
        return self.ask(self.url, "SELECT confrelid::regclass FROM pg_constraint "
                                  f"WHERE contype = 'f' AND conrelid = '{table}'::regclass")

    def rows(self, table):
        for line in self.ask(self.url, f"SELECT row_to_json(t) FROM {table} t"):
            yield [bytes.fromhex(v[2:]) if isinstance(v, str) and v.startswith("\\x") else
                   json.dumps(v) if isinstance(v, (list, dict)) else v
                   for v in json.loads(line).values()]

    def close(self):
        self.ask(self.server, f"DROP DATABASE {self.database} WITH (FORCE)")


def files_in(folder):
    return sorted(os.path.join(at, name) for at, _, names in os.walk(folder) for name in names)


class Site:
    """A server in a folder of its own."""

    def __init__(self, binary, off=None, postgres=None):
        self.folder = tempfile.TemporaryDirectory(prefix="partake-attack-")
        self.binary, self.off = os.path.abspath(binary), off
        self.store = Postgres(*postgres) if postgres else Sqlite(self.path)
        self.log = open(os.path.join(self.path, "log"), "w+b")
        self.server = subprocess.Popen(
            [self.binary, "serve", "--addr", "127.0.0.1:0", "--release-every", "0"],
            cwd=self.path, env=self.environment, stdout=self.log, stderr=self.log)
        for _ in range(600):
            found = re.search(rb"Partake is at (http://\S+)", self.said())
            if found:
                break
            if self.server.poll() is not None:
                raise RuntimeError(self.said().decode())
            time.sleep(0.05)
        self.origin = found.group(1).decode()
        self.wave = json.loads(self.get("/api/v1/surveys")[1])["surveys"][0]
        if off == SAMPLES:
            self.store.unprotect()

    @property
    def path(self):
        return self.folder.name

    @property
    def environment(self):
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        kept["PARTAKE_SUBMISSIONS_PER_MINUTE"] = "0"
        kept["DATABASE_URL"] = self.store.url
        if self.off:
            kept["PARTAKE_UNPROTECTED"] = self.off
        return kept

    def said(self):
        with open(os.path.join(self.path, "log"), "rb") as log:
            return log.read()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.server.poll() is None:
            self.server.send_signal(signal.SIGKILL)
            self.server.wait()
        self.log.close()
        self.store.close()
        self.folder.cleanup()

    def run(self, *arguments):
        subprocess.run([self.binary, *arguments], cwd=self.path, env=self.environment, check=True,
                       stdout=subprocess.DEVNULL, stderr=self.log)

    def get(self, path, headers=None):
        return self.ask(urllib.request.Request(self.origin + path, headers=headers or {}))

    def post(self, path, fields, headers=None):
        return self.ask(urllib.request.Request(
            self.origin + path, urllib.parse.urlencode(fields).encode(),
            {"Sec-Fetch-Site": "same-origin", **(headers or {})}))

    def ask(self, request):
        class Stay(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, *_):
                return None

        try:
            with urllib.request.build_opener(Stay).open(request, timeout=60) as answer:
                return answer.status, answer.read(), answer.headers
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read(), answer.headers

    def submit(self, answers, receipt=None, headers=None):
        receipt = receipt or Receipt()
        body = {"survey": self.wave["survey"], "version": self.wave["version"], "seed": 7,
                "receipt": receipt.code, "answers": answers}
        request = urllib.request.Request(
            self.origin + "/zh/survey/receipt", json.dumps(body).encode(),
            {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin",
             **(headers or {})})
        status, answer, _ = self.ask(request)
        if status != 200 or json.loads(answer)["outcome"] != "new":
            raise RuntimeError(f"{status} {answer.decode()}")
        return receipt

    def aggregates(self, release=1):
        return json.loads(self.get(f"/api/v1/releases/{release}/aggregates")[1])


class Receipt:
    """What a respondent holds. How ids come from it is public."""

    def __init__(self):
        self.secret = secrets.token_bytes(16)

    def derive(self, purpose, item=""):
        parts = ("partake receipt v1", purpose, item)
        return hashlib.sha256(b"".join(p.encode() + b"\0" for p in parts) + self.secret).digest()

    @property
    def code(self):
        check = int.from_bytes(self.derive("check")[:2], "big") >> 4
        bits = int.from_bytes(self.secret, "big") << 12 | check
        return "".join(ALPHABET[bits >> 5 * (27 - i) & 31] for i in range(28))

    @property
    def ids(self):
        return {"sheet": self.derive("response")[:16], "votes": self.derive("votes")[:16],
                "text": self.derive("text", "open_condition")[:16]}


def person(draw, text=None):
    """Somebody who does not use AI; enough questions for every kind of table."""
    answers = {
        "employment": {"code": "retired"}, "ai_use": {"code": "never"},
        "age_band": {"code": draw.choice(["a65", "a55_64"])},
        "gender": {"code": draw.choice(["woman", "man"])},
        "taking_part": {"number": draw.randrange(101)},
        "hope": {"code": draw.choice(["w2", "w1", "mix", "h1", "h2"])},
        "votes": {"rows": {f"v{n:02}": draw.choice(["agree", "disagree", "pass"])
                           for n in draw.sample(range(1, 26), 8)}},
    }
    if text:
        answers["open_condition"] = {"text": text}
        answers["quote_consent"] = {"code": "public"}
    return answers


def kendall(order):
    """Tau-a between the order of a list and the order of its numbers."""
    balance = sum((a < b) - (a > b) for i, a in enumerate(order) for b in order[i + 1:])
    return balance / (len(order) * (len(order) - 1) / 2)


def poller(site):
    """Reads everything that is public after each response."""
    draw = random.Random(1)
    for _ in range(60):
        site.submit(person(draw))
    site.run("release", "cut")

    def read(path):
        status, body, headers = site.get(path, {"Accept": "*/*"})
        kept = sorted((k.lower(), v) for k, v in headers.items() if k.lower() != "date")
        return status, kept, body

    seen, todo = {}, ["/", "/zh", "/en", "/robots.txt", "/healthz", "/readyz", "/api/v1/surveys",
                      "/api/v1/instrument", "/api/v1/releases", "/api/v1/openapi.json",
                      "/api/v1/threads", "/api/v1/moderation/log", "/zh/response", "/en/nowhere",
                      "/api/v1/releases/1/aggregates", "/api/v1/releases/2/aggregates"]
    sums = site.get("/api/v1/releases/1/files/SHA256SUMS")[1].decode()
    todo += ["/api/v1/releases/1/files/" + line.split("  ")[1] for line in sums.splitlines()]
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        seen[path] = read(path)
        for link in re.findall(rb'href="(/[^"#]*)', seen[path][2]):
            link = link.decode().replace("&amp;", "&")
            # Both languages are made of the same figures.
            if link not in seen and not link.startswith(("/en/results?", "/assets")):
                todo.append(link)
    moved = set()
    for _ in range(3):
        site.submit(person(draw, "words"))
        moved |= {path for path, before in seen.items() if read(path) != before}
    return f"{len(seen)} addresses", [f"{path} changed" for path in sorted(moved)]


def injection(site):
    """Sends all answers but twenty, and takes the own ones away from what is published."""
    draw = random.Random(3)
    own = [person(draw) for _ in range(ATTACKER)]
    for answers in own:
        site.submit(answers)
    for _ in range(OTHERS):
        site.submit(person(random.Random()))
    site.run("release", "cut")
    audit = json.loads(site.get("/api/v1/releases/1/files/audit.json")[1])
    rules, found, cells = audit["parameters"], [], 0

    def bounds(cell):
        step = rules["round_to"] or 1
        if cell["status"] == "shown":
            low = cell["count"] - step // 2
            return max(low, 0), low + step - 1
        return (0, rules["min_cell"] - 1) if cell["status"] == "fewer_than_10" else (0, 10**9)

    for table in site.aggregates()["tables"]:
        question, by = table["question"], table["by"]
        if table["base"] is None or table["id"] not in (question, f"{question}__by_{by}"):
            continue
        if any("code" not in a.get(question, {}) or by and "code" not in a.get(by, {})
               for a in own):
            continue
        for cell in table["cells"]:
            if cell["code"] is None:
                continue
            known = sum(a[question]["code"] == cell["code"]
                        and (by is None or a[by]["code"] == cell["by_code"]) for a in own)
            low, high = bounds(cell)
            # Which answers wait is not known, the own ones or those of others.
            waiting = min(rules["hold_back"], known)
            least, most = max(low - known, 0), min(high - known + waiting, OTHERS)
            cells += 1
            if known and least == most:
                found.append(f"{table['id']} {cell['code']} {cell['by_code']}: {least} others")
    if not cells:
        found.append("no table to look at")
    return f"{cells} counts of {OTHERS} others", found


def markers(n):
    return {name: f"thief-{name.lower()}-{n:06}" for name in
            ("User-Agent", "Referer", "X-Forwarded-For", "Cookie", "X-Request-Id", "Forwarded",
             "Accept-Language", "Origin-Hint")}


def thief(site, count=SUBMISSIONS):
    """Takes every file of the folder while the server runs, knowing who came when."""
    draw = random.Random(4)
    receipts = []
    for n in range(count):
        text = f"text of somebody {n}" if n % 2 == 0 else None
        receipts.append(site.submit(person(draw, text), headers=markers(n)))
        # As a server does by itself from time to time.
        if n in (count // 2, count - 1):
            site.store.sample()
    site.run("release", "cut")
    found, strongest, places = [], 0, 0
    wanted = {id: (kind, n) for n, r in enumerate(receipts) for kind, id in r.ids.items()}
    for path in site.store.steal(site):
        name = os.path.relpath(path, site.path)
        with open(path, "rb") as file:
            data = file.read()
        first = {}
        for at in range(len(data) - 15):
            id = data[at:at + 16]
            if id in wanted:
                first.setdefault(id, at)
        for marker in (b"thief-", b"text of somebody 0 "):
            if marker in data:
                found.append(f"{name} holds {marker.decode()}…")
        for kind in ("sheet", "votes", "text"):
            at = [(place, wanted[id][1]) for id, place in first.items() if wanted[id][0] == kind]
            order = [n for _, n in sorted(at)]
            places += len(order)
            if len(order) > 50:
                tau = abs(kendall(order))
                strongest = max(strongest, tau)
                # A few places in random order have a tau too: four times its deviation is none.
                many = len(order)
                chance = 4 * (2 * (2 * many + 5) / (9 * many * (many - 1))) ** 0.5
                if tau >= max(TAU, chance):
                    found.append(f"{name}, {kind}: tau {tau:.2f} over {len(order)} places")
    if places < 2 * count:
        found.append(f"only {places} places were found; the attack looks in the wrong place")
    return f"{places} places, strongest tau {strongest:.3f}", found


def linker(site):
    """Signs in, answers, posts, votes; then looks in the database for anything in common."""
    cookies, receipts, draw = [], [], random.Random(5)
    for n in range(3):
        status, _, headers = site.post("/en/account/sign-up", {
            "handle": f"Linked{n}", "password": "seven grey herons wait",
            "again": "seven grey herons wait"})
        assert status == 303, status
        pairs = [line.split(";")[0] for line in headers.get_all("Set-Cookie")]
        cookie = {"Cookie": "; ".join(pairs)}
        cookies += [pair.split("=", 1)[1] for pair in pairs]
        receipts.append(site.submit(person(draw, f"words of person {n}"), headers=cookie))
        status, _, headers = site.post(
            "/en/discuss/new", {"about": "", "title": f"Thread {n}", "body": "Begin"}, cookie)
        assert status == 303, status
        if n:
            assert site.post(first + "/reply", {"body": "yes"}, cookie)[0] == 303
            thread = site.get(first, cookie)[1].decode()
            votes = set(re.findall(r'action="(/[^"]+/vote)"', thread))
            assert votes, "nothing to vote on"
            for place in sorted(votes)[:2]:
                assert site.post(place, {"vote": "up", "next": first}, cookie)[0] == 303, place
        else:
            first = headers["Location"].split("?")[0]
    for _ in range(60):
        site.submit(person(draw))
    site.run("release", "cut")
    found = []
    site.store.open(site)
    answers, others, voted = set(), [], 0
    for table in site.store.tables():
        columns, keys = site.store.columns(table), site.store.keys(table)
        personal = table not in SURVEY_TABLES
        bad = [k for k in keys if (k in SURVEY_TABLES) if personal] + \
              [k for k in keys if k != "wave" if not personal]
        found += [f"{table} refers to {key}" for key in bad]
        if not personal:
            found += [f"{table} has a column {c}" for c in columns
                      if re.search("time|_ms|created|seq|session|account|address|agent", c)]
        for row in site.store.rows(table):
            voted += table == "comment_vote"
            for column, value in zip(columns, row):
                if not personal and column not in COMMON and value is not None:
                    answers.add(value if isinstance(value, bytes) else str(value).encode())
                elif personal and value is not None:
                    raw = value if isinstance(value, bytes) else str(value).encode()
                    others.append((table, column, raw))
    if not voted:
        found.append("no vote is stored; the attack looks in the wrong place")
    mine = {id for r in receipts for id in r.ids.values()}
    if not mine & answers:
        found.append("the own answers are not there; the attack looks in the wrong place")
    for table, column, raw in others:
        if table in ("release_file", "seaql_migrations"):
            continue
        for value in answers:
            shapes = (value, value.hex().encode(), value.hex().upper().encode())
            if len(value) > 4 and any(shape in raw for shape in shapes):
                found.append(f"{table}.{column} holds something of an answer")
    for value in answers:
        found += [f"an answer holds cookie {n}" for n, c in enumerate(cookies)
                  if c.encode() in value]
    return f"{len(answers)} values of answers beside {len(others)} others", sorted(set(found))


# Attack, the protection it aims at, what the leak looks like, and how little is enough to see it.
ATTACKS = [("poller", poller, "batches", "changed", {}),
           ("injection", injection, "rounding", "others", {}),
           ("thief", thief, "order", "tau", {"count": 300}),
           ("thief", thief, "headers", "holds thief-", {"count": 60}),
           ("thief", thief, SAMPLES, "tau", {"count": 600}),
           ("linker", linker, "unlinked", "holds something", {})]
# Those who look into what is stored, which differs from store to store.
STORED = ("thief", "linker")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("binary")
    options.add_argument("unprotected")
    options.add_argument("--only")
    options.add_argument("--postgres")
    options.add_argument("--cluster")
    options = options.parse_args()
    stores = [None]
    if options.postgres:
        stores.append((options.postgres, options.cluster))
    failed, done = 0, set()
    rounds = [(store, *attack) for store in stores for attack in ATTACKS
              if (attack[0] in STORED if store else attack[2] != SAMPLES)]
    for postgres, name, attack, protection, sign, smaller in rounds:
        if options.only and name != options.only:
            continue
        if (postgres, name) not in done:
            done.add((postgres, name))
            started = time.time()
            with Site(options.binary, None, postgres) as site:
                looked, found = attack(site)
                where = f"{name} on {site.store.name}"
            failed += bool(found)
            print(f"{where}: {looked}, {len(found)} leaks, {time.time() - started:.0f} s",
                  flush=True)
            for leak in found[:20]:
                print(f"  LEAK {leak}")
        started = time.time()
        with Site(options.unprotected, protection, postgres) as site:
            looked, found = attack(site, **smaller)
        found = [leak for leak in found if sign in leak]
        failed += not found
        example = found[-1] if found else "NOTHING: this attack cannot fail"
        print(f"  without {protection}: {len(found)} leaks, such as: {example}; "
              f"{time.time() - started:.0f} s", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
