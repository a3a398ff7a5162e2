"""A service that holds one of nearly every kernel object a checkpoint must carry.

Threads, a forked child, shared and file-backed memory, a memfd, a deleted file, bytes waiting in a pipe and in
sockets. With TCP=1 also an established TCP connection, which CRIU refuses to dump unless told otherwise.
"""

import http.server
import json
import mmap
import os
import multiprocessing
import signal
import socket
import threading

# What only this list refers to stays open as long as the process lives.
held = []


def hold_memory():
    held.append(bytearray(b"HEAP-MARKER-" + b"A1b2C3d4E5f6"))
    held.append(bytearray("Unicode: Grüße, 世界".encode("utf-16-le")))
    shared = mmap.mmap(-1, 65536)
    shared.write(b"SHARED-ANON-MARKER-00001")
    with open("/tmp/mapped.dat", "w+b") as file:
        file.write(b"FILE-MAPPED-MARKER".ljust(8192, b"\0"))
        file.flush()
        held.append(mmap.mmap(file.fileno(), 8192))
    held.append(shared)


def hold_files():
    memory_file = os.memfd_create("settings")
    os.write(memory_file, b"MEMFD-MARKER-42")
    deleted = open("/tmp/gone", "w+")
    deleted.write("deleted but open: GHOST-MARKER")
    deleted.flush()
    os.unlink("/tmp/gone")
    held.append(deleted)
    os.makedirs("/data/out", exist_ok=True)
    with open("/data/out/report.json", "w") as report:
        json.dump({"state": "running"}, report)
    os.symlink("/etc/passwd", "/data/out/link")


def hold_queued_bytes():
    _, pipe = os.pipe()
    os.write(pipe, b"IN-FLIGHT-PIPE-DATA")
    left, right = socket.socketpair()
    left.send(b"QUEUED-UNIX-DATA")
    listener = socket.socket(socket.AF_UNIX)
    listener.bind("/tmp/svc.sock")
    listener.listen(5)
    datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    datagrams.bind(("0.0.0.0", 5353))
    held.extend([left, right, listener, datagrams])


def hold_tcp_connection():
    listener = socket.create_server(("127.0.0.1", 7001))
    client = socket.create_connection(("127.0.0.1", 7001))
    server, _ = listener.accept()
    client.send(b"QUEUED-TCP-DATA")
    held.extend([listener, client, server])


def run_child():
    held.append(bytearray(b"CHILD-ONLY-SECRET=" + b"s3cr3t-child"))
    while True:
        signal.pause()


class Counter(http.server.BaseHTTPRequestHandler):
    requests = 0

    def do_GET(self):
        Counter.requests += 1
        body = json.dumps({"requests": Counter.requests}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


hold_memory()
hold_files()
hold_queued_bytes()
if os.environ.get("TCP"):
    hold_tcp_connection()
multiprocessing.get_context("fork").Process(target=run_child, daemon=True).start()
for number in range(3):
    threading.Thread(target=threading.Event().wait, daemon=True, name=f"worker-{number}").start()
http.server.ThreadingHTTPServer(("0.0.0.0", 8000), Counter).serve_forever()
