"""Many clients at once: closed loops (each waits for its answer) and open ones (requests come when they come)."""

import http.client
import threading
import time
from dataclasses import dataclass, field


@dataclass
class Answers:
    latencies_s: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    bodies: list[bytes] = field(default_factory=list)
    took_s: float = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, status: int, latency_s: float, body: bytes = b""):
        with self.lock:
            self.statuses[status] = self.statuses.get(status, 0) + 1
            if 200 <= status < 300:
                self.latencies_s.append(latency_s)
                if body:
                    self.bodies.append(body)

    @property
    def good(self) -> int:
        return sum(n for status, n in self.statuses.items() if 200 <= status < 300)

    @property
    def rate(self) -> float:
        return self.good / self.took_s if self.took_s else 0

    def quantile_ms(self, q: float) -> float:
        if not self.latencies_s:
            return float("nan")
        ordered = sorted(self.latencies_s)
        return 1000 * ordered[min(len(ordered) - 1, int(q * len(ordered)))]


@dataclass
class Ask:
    method: str
    target: str
    headers: dict = field(default_factory=dict)
    body: bytes | None = None


def send(connection: http.client.HTTPConnection, ask: Ask) -> tuple[int, bytes]:
    try:
        connection.request(ask.method, ask.target, ask.body, ask.headers)
    except (BrokenPipeError, ConnectionResetError):
        pass  # refused before all of it was sent: the answer says why
    answer = connection.getresponse()
    return answer.status, answer.read()


def try_to_send(port: int, connection, ask: Ask, answers: Answers, keep_bodies: bool):
    """Status 0 stands for a connection that was refused or broke."""
    started = time.monotonic()
    connection = connection or http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        status, body = send(connection, ask)
    except (OSError, http.client.HTTPException):
        connection.close()
        answers.note(0, 0)
        return None
    answers.note(status, time.monotonic() - started, body if keep_bodies else b"")
    return connection


def closed_loop(port: int, make_ask, clients: int, seconds: float, keep_bodies=False) -> Answers:
    """`make_ask(n)` gives the n-th request."""
    answers, numbers, until = Answers(), iter(range(10**9)), time.monotonic() + seconds

    def work():
        connection = None
        while time.monotonic() < until:
            with answers.lock:
                number = next(numbers)
            connection = try_to_send(port, connection, make_ask(number), answers, keep_bodies)

    started = time.monotonic()
    threads = [threading.Thread(target=work) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers.took_s = time.monotonic() - started
    return answers


def open_loop(port: int, make_ask, per_second: float, seconds: float, keep_bodies=False) -> Answers:
    """A request every 1/per_second s, whatever became of those before."""
    answers, threads, started = Answers(), [], time.monotonic()
    for number in range(int(per_second * seconds)):
        due = started + number / per_second
        time.sleep(max(0, due - time.monotonic()))
        thread = threading.Thread(target=try_to_send, args=(port, None, make_ask(number), answers, keep_bodies))
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()
    answers.took_s = time.monotonic() - started
    return answers
