"""A service of its own for one benchmark: data folder, process, keys."""

import json
import os
import re
import signal
import subprocess
from pathlib import Path


class Service:
    """`reelprint serve` on a free port of loopback; ended with the `with` block."""

    def __init__(self, binary: Path, data: Path, settings: list[str] = ()):
        self.binary, self.data, self.settings = binary, data, list(settings)

    def command(self, *words: str, text: str = "") -> str:
        done = subprocess.run([self.binary, "--data", self.data, *words], input=text, text=True, capture_output=True)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(words)}: {done.stderr.strip()}")
        return done.stdout

    def key(self, role: str, tenant: int | None = None) -> str:
        words = ["key", "create", "--json", "--role", role, f"load {role}"]
        if tenant is not None:
            words += ["--tenant", str(tenant)]
        return json.loads(self.command(*words).splitlines()[0])["key"]

    def __enter__(self) -> "Service":
        self.log = open(self.data.parent / "serve.log", "w")
        self.process = subprocess.Popen(
            [self.binary, "--data", self.data, "serve", "--http.port", "0", *self.settings],
            stdout=subprocess.PIPE, stderr=self.log, text=True)
        first = self.process.stdout.readline()
        found = re.search(r"http://[^:]+:(\d+)", first)
        if not found:
            raise RuntimeError(f"serve said {first!r}; see {self.log.name}")
        self.port = int(found.group(1))
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.log.close()

    def pids(self) -> list[int]:
        """The service and its workers."""
        seen, todo = [], [self.process.pid]
        while todo:
            pid = todo.pop()
            seen.append(pid)
            try:
                for task in os.listdir(f"/proc/{pid}/task"):
                    todo += map(int, Path(f"/proc/{pid}/task/{task}/children").read_text().split())
            except OSError:
                continue
        return seen

    def resident_mib(self) -> float:
        """Memory of the service itself, without its workers."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024

    def cpu_s(self) -> float:
        """CPU time of the service and its workers, those that have ended included."""
        ticks = 0
        for pid in self.pids():
            try:
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                ticks += sum(map(int, fields[11:15]))
            except OSError:
                continue
        return ticks / os.sysconf("SC_CLK_TCK")
