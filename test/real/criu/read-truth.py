# What /proc says about a process and its descendants, as JSON like that in test/fixtures/truth.
#
#   read-truth.py PID
import json
import os
import re
import socket
import sys

tcp_states = ["", "ESTABLISHED", "SYN_SENT", "SYN_RECV", "FIN_WAIT1", "FIN_WAIT2", "TIME_WAIT", "CLOSE", "CLOSE_WAIT",
              "LAST_ACK", "LISTEN"]


def text(*path):
    try:
        with open(os.path.join("/proc", *path), "rb") as file:
            return file.read().decode("utf-8", "surrogateescape")
    except ProcessLookupError:
        # Of one that has ended and waits for its parent, little is left.
        return ""


def link(*path):
    try:
        return os.readlink(os.path.join("/proc", *path))
    except OSError:
        return ""


def status_of(pid):
    return dict(line.split(":\t", 1) for line in text(pid, "status").splitlines())


def strings(value):
    return value.split("\0")[:-1] if value else []


def descendants(pid):
    found = [pid]
    for thread in os.listdir(f"/proc/{pid}/task"):
        for child in text(pid, "task", thread, "children").split():
            found += descendants(child)
    return found


# As in its user namespace.
def user_of(pid, status):
    user = int(status["Uid"].split()[0])
    for first, outside, count in (map(int, line.split()) for line in text(pid, "uid_map").splitlines()):
        if outside <= user < outside + count:
            return str(first + user - outside)


def maps_of(pid):
    lines = (re.match(r"(\w+)-(\w+) (\S+) \S+ \S+ \d+ *(.*)", line) for line in text(pid, "maps").splitlines())
    return [{"start": f"0x{a}", "end": f"0x{b}", "perms": perms, "path": path} for a, b, perms, path in
            (line.groups() for line in lines)]


def process(pid, pids):
    status = status_of(pid)
    descriptors = os.listdir(f"/proc/{pid}/fd")
    return {
        "pid": pids[pid],
        "ppid": pids.get(status["PPid"], 0),
        "pgid": int(status["NSpgid"].split()[-1]),
        "sid": int(status["NSsid"].split()[-1]),
        "state": status["State"][0],
        "comm": status["Name"],
        "threads": int(status["Threads"]),
        "threadNames": [text(pid, "task", thread, "comm")[:-1] for thread in sorted(os.listdir(f"/proc/{pid}/task"), key=int)],
        "args": strings(text(pid, "cmdline")),
        "env": strings(text(pid, "environ")),
        "cwd": link(pid, "cwd"),
        "exe": link(pid, "exe"),
        "uid": user_of(pid, status),
        "capEff": status["CapEff"],
        "fds": [{"fd": int(fd), "target": link(pid, "fd", fd)} for fd in sorted(descriptors, key=int)],
        "maps": maps_of(pid),
    }


# Words of four bytes, each in the order of this machine, as in the kernel's tables.
def address(word):
    host, port = word.split(":")
    raw = b"".join(bytes.fromhex(host[at:at + 8])[::-1] for at in range(0, len(host), 8))
    if len(raw) == 4:
        return f"{socket.inet_ntop(socket.AF_INET, raw)}:{int(port, 16)}"
    return f"[{socket.inet_ntop(socket.AF_INET6, raw)}]:{int(port, 16)}"


def sockets(pid):
    for table in ("tcp", "tcp6", "udp", "udp6", "udplite", "udplite6"):
        for line in text(pid, "net", table).splitlines()[1:]:
            fields = line.split()
            state = tcp_states[int(fields[3], 16)]
            yield {
                "proto": table,
                "local": address(fields[1]),
                "remote": address(fields[2]),
                "state": "UNCONNECTED" if state == "CLOSE" and table[0] == "u" else state,
                "inode": int(fields[9]),
            }
    for line in text(pid, "net", "unix").splitlines()[1:]:
        fields = line.split(maxsplit=7)
        yield {"proto": "unix", "inode": int(fields[6]), "path": (fields + [""])[7], "state": fields[5]}


first = sys.argv[1]
# By what they are called outside: what they are called inside.
pids = {pid: int(status_of(pid)["NSpid"].split()[-1]) for pid in descendants(first)}
json.dump({
    "readFrom": "/proc of the running processes, immediately before the dump",
    "processes": [process(pid, pids) for pid in sorted(pids, key=pids.get)],
    "sockets": list(sockets(first)),
}, sys.stdout, indent=1, ensure_ascii=True)
