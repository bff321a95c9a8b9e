"""Where the files of releases lie, when it is slow, full, down, or left in the middle of the work.

    storage.py BINARY [--responses N]

A bucket of another maker (moto) stands for S3, and a disk of a megabyte for a full one.
"""

import argparse
import contextlib
import datetime
import hashlib
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

from attacks import Site
from mishaps import cut, outcome, simulate, tried, whole_releases

BUCKET, PREFIX = "partake", "some/place"
PART = 16 * 1024 * 1024
ROUNDS = 4
# What the server promises to wait for a storage that says nothing, and what a reader would.
PATIENCE, SOON = 40, 5
S3 = "http://s3.amazonaws.com/doc/2006-03-01/"


class Kept(Site):
    """A site whose files are at `place`."""

    def __init__(self, binary, place, endpoint=None):
        self.place, self.endpoint = place, endpoint
        super().__init__(binary)

    @property
    def environment(self):
        named = {"PARTAKE_FILES": self.place}
        if self.endpoint:
            named |= {"AWS_ENDPOINT": self.endpoint, "AWS_ALLOW_HTTP": "true",
                      "AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "key",
                      "AWS_SECRET_ACCESS_KEY": "secret"}
        return super().environment | named

    def files(self, release):
        """Names and lengths of the files of a release."""
        path = f"/api/v1/releases/{release}/files/"
        sums = self.get(path + "SHA256SUMS")[1].decode().splitlines()
        names = [line.split("  ")[1] for line in sums] + ["SHA256SUMS"]
        return {name: self.length(path + name) for name in names}

    def length(self, path):
        with urllib.request.urlopen(urllib.request.Request(self.origin + path, method="HEAD"),
                                    timeout=60) as answer:
            return int(answer.headers["Content-Length"])


class Bucket:
    def __init__(self):
        from moto.server import ThreadedMotoServer

        self.server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self.server.start()
        self.port = self.server.get_host_and_port()[1]
        # All servers of one process share what they keep: what an earlier site left is not ours.
        self.ask("/moto-api/reset", "POST")
        self.ask(f"/{BUCKET}", "PUT")

    def ask(self, path, method="GET"):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read()

    def names(self):
        import xml.etree.ElementTree as tree

        listed, after = set(), ""
        while True:
            page = tree.fromstring(self.ask(f"/{BUCKET}?list-type=2&start-after={after}"))
            names = [key.text for key in page.iter(f"{{{S3}}}Key")]
            listed |= set(names)
            if page.findtext(f"{{{S3}}}IsTruncated") != "true":
                return listed
            after = names[-1]

    def attempts(self):
        """Release and attempt of every file, each pair once."""
        depth = len(PREFIX.split("/")) + 2
        return {tuple(name.split("/")[depth:depth + 2]) for name in self.names()}

    def age(self, days):
        """Everything in it was put there some days earlier."""
        from moto.s3.models import s3_backends

        for regions in s3_backends.values():
            for backend in regions.values():
                for bucket in backend.buckets.values():
                    for key in bucket.keys.values():
                        key.last_modified -= datetime.timedelta(days=days)


class Line:
    """The way to the bucket: it can be slow, say nothing, or be cut."""

    def __init__(self, port):
        self.port, self.delay, self.state = port, 0.0, "up"
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.endpoint = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            near, _ = self.listener.accept()
            threading.Thread(target=self.carry, args=(near,), daemon=True).start()

    def carry(self, near):
        if self.state == "down":
            near.close()
            return
        far = socket.create_connection(("127.0.0.1", self.port))
        for source, target in ((near, far), (far, near)):
            threading.Thread(target=self.pass_on, args=(source, target), daemon=True).start()

    def pass_on(self, source, target):
        with contextlib.suppress(OSError):
            while piece := source.recv(1 << 16):
                if self.state == "down":
                    break
                while self.state == "silent":
                    time.sleep(0.05)
                time.sleep(self.delay)
                target.sendall(piece)
        for side in (source, target):
            with contextlib.suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)


def in_a_bucket(binary, responses):
    """The way there and back, in parts and in ranges."""
    bucket = Bucket()
    with Kept(binary, f"s3://{BUCKET}/{PREFIX}", f"http://127.0.0.1:{bucket.port}") as site:
        simulate(site, responses)
        assert outcome(cut(site))[1] == "released"
        assert whole_releases(site) == 1
        assert all(name.startswith(PREFIX + "/") for name in bucket.names())
        files = site.files(1)
        largest = max(files, key=files.get)
        assert files[largest] > PART, f"{largest} is too small to go in parts"
        path = f"/api/v1/releases/1/files/{largest}"
        _, whole, headers = site.get(path)
        assert int(headers["Content-Length"]) == len(whole) == files[largest]
        middle = len(whole) // 2
        for asked, expected in ((f"bytes={middle}-{middle + 99}", whole[middle:middle + 100]),
                                ("bytes=-7", whole[-7:]),
                                (f"bytes={len(whole) - 3}-", whole[-3:])):
            status, part, _ = site.get(path, {"Range": asked})
            assert status == 206 and part == expected, asked
        assert site.get(path, {"Range": f"bytes={len(whole)}-"})[0] == 416
        assert site.get(path, {"If-None-Match": headers["ETag"]})[0] == 304
        site.run("export", "--release", "1", "--format", "csv", "--out", "again.csv")
        with open(f"{site.path}/again.csv", "rb") as again:
            told = hashlib.sha256(again.read()).hexdigest()
        assert f"{told}  responses.csv" in site.get(
            "/api/v1/releases/1/files/SHA256SUMS")[1].decode()
        return f"{len(files)} files, the largest of {len(whole) / 1e6:.0f} MB in parts and ranges"


def on_a_bad_line(binary, _):
    """Slow: it takes longer. Silent: readers are told, and the rest of the site goes on."""
    bucket = Bucket()
    line = Line(bucket.port)
    with Kept(binary, f"s3://{BUCKET}/{PREFIX}", line.endpoint) as site:
        simulate(site, 700)
        line.delay = 0.02
        assert outcome(cut(site))[1] == "released"
        assert whole_releases(site) == 1
        line.delay, line.state = 0, "silent"
        path = "/api/v1/releases/1/files/responses.csv"
        answers = []
        reader = threading.Thread(target=lambda: answers.append(site.get(path)))
        started = time.time()
        reader.start()
        while reader.is_alive():
            before = time.time()
            assert site.get("/en/results")[0] == 200
            assert time.time() - before < SOON, "everybody waits for the storage"
            reader.join(0.5)
        waited = time.time() - started
        assert answers[0][0] in (502, 503, 504), answers[0][0]
        assert waited < PATIENCE, waited
        line.state = "up"
        assert site.get(path)[0] == 200
        return f"slow: released; silent: told after {waited:.0f} s, results answered meanwhile"


def down_or_killed(binary, _):
    """Nothing half-published; what is left over goes with the next release."""
    bucket, draw, killed_at = Bucket(), random.Random(5), 0
    line = Line(bucket.port)
    with Kept(binary, f"s3://{BUCKET}/{PREFIX}", line.endpoint) as site:
        simulate(site, 300)
        line.state = "down"
        code, said, complained = outcome(cut(site))
        assert code != 0 and said is None
        assert "storage" in complained and "panicked" not in complained, complained
        assert whole_releases(site) == 0
        line.state = "up"
        started = time.time()
        assert outcome(cut(site))[1] == "released"
        whole = time.time() - started
        for round in range(ROUNDS):
            simulate(site, 60, seed=round + 2)
            before = whole_releases(site)
            process = cut(site)
            if round == 0:
                stored = len(bucket.names())
                while len(bucket.names()) == stored and process.poll() is None:
                    time.sleep(0.01)
            else:
                time.sleep(whole * (0.4 + 0.6 * (round + draw.random()) / ROUNDS))
            killed_at += process.poll() is None
            process.kill()
            process.wait()
            if whole_releases(site) == before:
                assert outcome(cut(site))[1] == "released"
            assert whole_releases(site) == before + 1
        young = len(bucket.attempts()) - whole_releases(site)
        assert young > 0, "what was left over yesterday cannot be seen to go"
        bucket.age(days=2)
        simulate(site, 60, seed=99)
        assert outcome(cut(site))[1] == "released"
        releases = whole_releases(site)
        left = sorted(int(number) for number, _ in bucket.attempts())
        assert left == list(range(1, releases + 1)), left
        assert killed_at >= ROUNDS // 2, "most of them ended before they could be killed"
        return (f"down: {complained.strip()[-80:]}; {killed_at} of {ROUNDS} killed half-way, "
                f"{young} attempts left over and swept after a day")


def on_a_full_disk(binary, _):
    """A disk on which the files of a release find no room, and then do."""
    with tempfile.TemporaryDirectory(prefix="partake-full-") as disk:
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk],
                                 capture_output=True, text=True)
        if mounted.returncode:
            assert os.getuid() != 0, mounted.stderr
            return f"NOT tested without the right to mount: {mounted.stderr.strip()}"
        try:
            with Kept(binary, f"{disk}/files") as site:
                simulate(site, 2000)
                code, said, complained = outcome(cut(site))
                assert code != 0 and said is None, "there was room"
                assert "is there room" in complained, complained
                assert "panicked" not in complained, complained
                assert whole_releases(site) == 0
                assert site.get("/en/data")[0] == 200
                subprocess.run(["mount", "-o", "remount,size=500m", disk], check=True)
                assert outcome(cut(site))[1] == "released"
                assert whole_releases(site) == 1
                staged = os.listdir(f"{disk}/files/staging")
                assert all(os.path.isfile(f"{disk}/files/staging/{name}") for name in staged)
                return complained.strip().splitlines()[-1][:120]
        finally:
            subprocess.run(["umount", "--lazy", disk], check=False)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("binary")
    options.add_argument("--responses", type=int, default=12_000)
    options.add_argument("--only")
    options = options.parse_args()
    trials = (in_a_bucket, on_a_bad_line, down_or_killed, on_a_full_disk)
    return tried(trials, options.only, options.binary, options.responses)


if __name__ == "__main__":
    sys.exit(main())
