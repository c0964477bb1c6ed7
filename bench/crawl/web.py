"""A web on the loopback that serves a folder by ranges, on as many hosts as are wanted (127.0.0.1, 127.0.0.2 …)."""

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

TYPES = {".html": "text/html", ".mp4": "video/mp4", ".m3u8": "application/vnd.apple.mpegurl", ".ts": "video/mp2t"}
CHUNK = 1 << 16  # bytes


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = self.server.folder / self.path.lstrip("/")
        if ".." in self.path or not path.is_file():
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        size = path.stat().st_size
        begin, end = _range(self.headers.get("Range", ""), size)
        is_part = "Range" in self.headers
        self.send_response(206 if is_part else 200)
        self.send_header("Content-Type", TYPES.get(path.suffix, "application/octet-stream"))
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(end - begin))
        if is_part:
            self.send_header("Content-Range", f"bytes {begin}-{end - 1}/{size}")
        self.end_headers()
        self._send(path, begin, end)

    def _send(self, path, begin, end):
        with open(path, "rb") as file:
            file.seek(begin)
            while begin < end:
                part = file.read(min(CHUNK, end - begin))
                if not part:
                    return
                begin += len(part)
                try:
                    self.wfile.write(part)
                except OSError:  # the crawler has seen enough
                    self.close_connection = True
                    return

    def log_message(self, *_):
        pass


def _range(header, size):
    found = re.fullmatch(r"bytes=(\d+)-(\d*)", header)
    if not found:
        return 0, size
    begin = min(int(found[1]), size)
    return begin, min(size, int(found[2]) + 1) if found[2] else size


class Web:
    """Serves while it is open (`with`)."""

    def __init__(self, folder, hosts):
        self._servers = []
        for host in range(1, hosts + 1):
            server = ThreadingHTTPServer((f"127.0.0.{host}", 0), _Handler)
            server.daemon_threads = True
            server.folder = Path(folder)
            self._servers.append(server)

    def url(self, number, path):
        """Of `path`, on the host that things of this number are on."""
        address, port = self._servers[number % len(self._servers)].server_address
        return f"http://{address}:{port}/{path}"

    def __enter__(self):
        for server in self._servers:
            threading.Thread(target=server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        for server in self._servers:
            server.shutdown()
            server.server_close()
