# What the box of the set `external` shares with the outside. Prints the terminal's path, and keeps all of it open.
import os
import signal
import socket

receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
receiver.bind("/volume/outside.sock")
master, slave = os.openpty()
print(os.ttyname(slave), flush=True)
signal.pause()
