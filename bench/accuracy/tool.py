"""Drives the program under test by its command line (docs/cli.md): register a catalog, screen files, time a full decode."""

import csv
import json
import os
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

FILES_A_CALL = 40


@dataclass
class Screening:
    """Results by file path; CPU and wall seconds of the whole processes, start and index loading included."""
    results: dict = field(default_factory=dict)
    cpu_s: float = 0.0
    wall_s: float = 0.0
    messages: list = field(default_factory=list)


def version(binary):
    """What the program says of itself, first line."""
    done = subprocess.run([binary, "version"], capture_output=True, text=True, check=False)
    return (done.stdout.strip().splitlines() or ["unknown"])[0]


def register(binary, data, references, jobs):
    """Registers the references in the data folder; gives (CPU s, wall s). RuntimeError when one failed."""
    Path(data).mkdir(parents=True)
    catalog = Path(data).with_suffix(".csv")
    with open(catalog, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["holder", "series", "episode", "language", "file"])
        writer.writerows(["bench", r.series, r.episode, "und", os.path.abspath(r.path)] for r in references)
    done, cpu_s, wall_s = _run([binary, "--data", data, "register", "--json", "--jobs", str(jobs), str(catalog)])
    if done.returncode != 0:
        raise RuntimeError(f"register {catalog}: {done.stderr.strip()[-600:]} {done.stdout.strip()[-600:]}")
    return cpu_s, wall_s


def screen(binary, data, paths, options, jobs):
    """Screens the files, FILES_A_CALL in a process; a file without a result has none in `results`."""
    screening = Screening()
    for first in range(0, len(paths), FILES_A_CALL):
        batch = paths[first:first + FILES_A_CALL]
        done, cpu_s, wall_s = _run([binary, "--data", data, "screen", "--json", "--jobs", str(jobs), *options, *batch])
        screening.cpu_s += cpu_s
        screening.wall_s += wall_s
        if done.returncode not in (0, 3) or done.stderr.strip():
            screening.messages.append(f"exit {done.returncode}: {done.stderr.strip()[-400:]}")
        for line in done.stdout.splitlines():
            result = json.loads(line)
            screening.results[result["query"]] = result
    return screening


def _run(command):
    """(what came out, CPU s of the process, wall s), at low priority."""
    nice = ["nice", "-n", "10"] if shutil.which("nice") else []
    began = time.monotonic()
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        child = subprocess.Popen([*nice, *command], stdout=out, stderr=err)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        wall_s = time.monotonic() - began
        out.seek(0), err.seek(0)
        done = subprocess.CompletedProcess(command, child.returncode, out.read(), err.read())
    return done, usage.ru_utime + usage.ru_stime, wall_s


def full_decode_cpu_s(path):
    """CPU seconds of decoding every picture of a file on one thread with ffmpeg, nothing done with them; no sound."""
    _, cpu_s, _ = _run(["ffmpeg", "-v", "error", "-nostdin", "-threads", "1", "-i", path, "-map", "0:v:0",
                        "-fps_mode", "passthrough", "-f", "null", "-"])
    return cpu_s
