#!/usr/bin/env python3
"""What a service can take: cheap reads, screenings from end to end, twice the load it can take, and hours of it.

Registers a small catalog of the clips given, starts `reelprint serve` on loopback, and prints a table in Markdown. The
clients run on the same machine and take their share of its cores.
"""

import argparse
import http.client
import json
import shutil
import sys
import threading
import time
from pathlib import Path

from client import Answers, Ask, closed_loop, open_loop, send
from service import Service

SAMPLE_S = 10


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", type=Path, required=True, help="the reelprint to run")
    parser.add_argument("--catalog", type=Path, required=True, help="a catalog to register (CSV, JSON or a folder)")
    parser.add_argument("--uploads", type=Path, required=True, help="a folder of uploads to screen")
    parser.add_argument("--work", type=Path, required=True, help="a folder for the service's data; emptied first")
    parser.add_argument("--seconds", type=float, default=20, help="of each part (default: 20)")
    parser.add_argument("--soak-minutes", type=float, default=0, help="of steady load, to see memory (default: none)")
    parser.add_argument("--shed", type=float, default=0, metavar="JOBS",
                        help="also three times the load, so many jobs may wait (default: not)")
    parser.add_argument("--flood", type=float, metavar="RATE",
                        help="screenings a second then, instead of three times what was measured")
    parser.add_argument("--clients", type=int, default=4, help="at once (default: 4)")
    parser.add_argument("--effort", default="", help="fast, standard or deep instead of the service's own choice")
    parser.add_argument("--setting", action="append", default=[], help="a word for `reelprint serve`, may be repeated")
    return parser.parse_args()


def row(name: str, answers: Answers, remark: str = "") -> str:
    statuses = ", ".join(f"{n} × {status or 'none'}" for status, n in sorted(answers.statuses.items()))
    times = " | ".join(f"{answers.quantile_ms(q):.1f}" for q in (0.5, 0.99, 0.999))
    return f"| {name} | {answers.rate:.1f} | {times} | {statuses} | {remark} |"


class Load:
    def __init__(self, options: argparse.Namespace, service: Service, name: str = "Load"):
        self.options, self.service = options, service
        tenant = json.loads(service.command("tenant", "create", "--json", "--kind", "platform", name).splitlines()[0])
        self.platform = {"Authorization": "Bearer " + service.key("platform", tenant["id"])}
        self.admin = {"Authorization": "Bearer " + service.key("admin")}
        self.uploads = [file.read_bytes() for file in sorted(options.uploads.iterdir()) if file.is_file()]

    def read(self, target: str) -> Answers:
        return closed_loop(self.service.port, lambda _: Ask("GET", target, self.admin), self.options.clients,
                           self.options.seconds)

    def screening(self, number: int, wait_s: int = 60) -> Ask:
        target = f"/v1/screenings?account=account-{number % 100}&territory=DE"
        if self.options.effort:
            target += "&effort=" + self.options.effort
        headers = {**self.platform, "Content-Type": "video/mp4", "Prefer": f"wait={wait_s}"}
        return Ask("POST", target, headers, self.uploads[number % len(self.uploads)])

    def screen(self, seconds: float) -> Answers:
        return closed_loop(self.service.port, self.screening, self.options.clients, seconds, keep_bodies=True)

    def overload(self, per_second: float, seconds: float) -> Answers:
        return open_loop(self.service.port, lambda n: self.screening(n, wait_s=30), per_second, seconds)

    def shed(self, per_second: float, seconds: float) -> tuple[Answers, Answers, int]:
        """Screenings that nobody waits for, cheap reads meanwhile, and how many of those accepted ended as done."""
        reads: list[Answers] = []
        reader = threading.Thread(target=lambda: reads.append(closed_loop(
            self.service.port, lambda _: Ask("GET", "/v1/series?limit=20", self.admin), 1, seconds)))
        reader.start()
        flood = open_loop(self.service.port, lambda n: self.screening(n, wait_s=0), per_second, seconds,
                          keep_bodies=True)
        reader.join()
        done = sum(self.has_been_done(json.loads(body)["id"]) for body in flood.bodies)
        return flood, reads[0], done

    def has_been_done(self, screening: int, most_s: float = 120) -> bool:
        until = time.monotonic() + most_s
        while time.monotonic() < until:
            connection = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=120)
            status, body = send(connection, Ask("GET", f"/v1/screenings/{screening}", self.platform))
            connection.close()
            if status != 200 or json.loads(body)["state"] not in ("queued", "running"):
                return status == 200 and json.loads(body)["state"] == "done"
            time.sleep(0.1)
        return False

    def soak(self, minutes: float) -> tuple[Answers, list[float]]:
        """Also the service's memory at the start and every 10 s from then on."""
        memory, is_over = [self.service.resident_mib()], threading.Event()

        def watch():
            while not is_over.wait(SAMPLE_S):
                memory.append(self.service.resident_mib())

        watcher = threading.Thread(target=watch)
        watcher.start()
        answers = self.screen(60 * minutes)
        is_over.set()
        watcher.join()
        return answers, memory


def curve(memory: list[float]) -> str:
    """The start, the least, the most, the end, and the mean of every five minutes."""
    step = 5 * 60 // SAMPLE_S
    parts = [memory[i : i + step] for i in range(0, len(memory), step)]
    means = ", ".join(f"{sum(part) / len(part):.1f}" for part in parts if len(part) > step // 2 or len(parts) == 1)
    return (f"memory {memory[0]:.1f} MiB at the start, {min(memory):.1f} at least, {max(memory):.1f} at most, "
            f"{memory[-1]:.1f} at the end; by five minutes {means}")


def verdicts(answers: Answers) -> str:
    counts: dict[str, int] = {}
    for body in answers.bodies:
        screening = json.loads(body)
        name = screening.get("decision") or screening.get("state", "?")
        counts[name] = counts.get(name, 0) + 1
    return ", ".join(f"{n} {name}" for name, n in sorted(counts.items()))


def measure_shedding(options: argparse.Namespace, data: Path, per_second: float):
    settings = options.setting + ["--limits.queued-jobs", f"{options.shed:g}"]
    with Service(options.binary, data, settings) as service:
        flood, reads, done = Load(options, service, "Shedding").shed(per_second, options.seconds)
        print(row(f"{per_second:.1f} a second, {options.shed:g} may wait", flood,
                  f"{done} of {flood.good} accepted were done; {service.resident_mib():.0f} MiB"))
        print(row("GET /v1/series meanwhile", reads), flush=True)


def main() -> int:
    options = arguments()
    data = options.work / "data"
    shutil.rmtree(options.work, ignore_errors=True)
    options.work.mkdir(parents=True)
    prepared = Service(options.binary, data)
    prepared.command("register", str(options.catalog))
    print("| what | a second | p50, ms | p99, ms | p99.9, ms | answers | |\n|---|---|---|---|---|---|---|")
    with Service(options.binary, data, options.setting) as service:
        load = Load(options, service)
        for name, target in (("GET /healthz", "/healthz"), ("GET /v1/series", "/v1/series?limit=20")):
            print(row(name, load.read(target)), flush=True)
        before = service.cpu_s()
        screened = load.screen(options.seconds)
        spent = (service.cpu_s() - before) / max(1, screened.good)
        print(row("POST /v1/screenings", screened, f"{spent:.2f} CPU s each; {verdicts(screened)}"), flush=True)
        if screened.good == 0:
            print("no screening was answered", file=sys.stderr)
            return 1
        flood = load.overload(2 * screened.rate, options.seconds)
        print(row("twice as many as that", flood, f"{service.resident_mib():.0f} MiB"), flush=True)
        time.sleep(1)
        print(row("GET /v1/series afterwards", load.read("/v1/series?limit=20")), flush=True)
        if options.soak_minutes > 0:
            soaked, memory = load.soak(options.soak_minutes)
            print(row(f"{options.soak_minutes:g} minutes of screenings", soaked, curve(memory)))
    if options.shed > 0:
        measure_shedding(options, data, options.flood or 3 * screened.rate)
    return 0


if __name__ == "__main__":
    sys.exit(main())
