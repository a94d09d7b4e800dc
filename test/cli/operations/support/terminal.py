"""Runs a command on a pseudo-terminal and plays a script of lines: {"expect": text}, {"send": text}, {"signal": name}
to what runs in the foreground, or {"hangUp": true}, which closes the terminal.

Written to standard output at the end: {"code": exit code, "screen": all that was shown}.
"""

import fcntl
import json
import os
import pty
import select
import signal
import struct
import sys
import termios
import time

script = json.loads(sys.stdin.read())
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 200, 0, 0))
    os.execvpe(script["argv"][0], script["argv"], script["env"])

screen = b""
seen = 0
deadline = time.time() + script["seconds"]


def read(timeout):
    global screen
    ready, _, _ = select.select([terminal], [], [], timeout)
    if not ready:
        return True
    try:
        data = os.read(terminal, 65536)
    except OSError:
        return False
    screen += data
    return data != b""


failed = None
for step in script["steps"]:
    if "send" in step:
        os.write(terminal, step["send"].encode())
        continue
    if "signal" in step:
        os.killpg(os.tcgetpgrp(terminal), getattr(signal, step["signal"]))
        continue
    if "hangUp" in step:
        os.close(terminal)
        terminal = None
        break
    wanted = step["expect"].encode()
    while screen.find(wanted, seen) < 0:
        if time.time() > deadline or not read(0.2):
            failed = "never shown: " + step["expect"]
            break
    if failed:
        break
    seen = screen.find(wanted, seen) + len(wanted)

while terminal is not None and time.time() < deadline and read(0.2):
    pass
while terminal is None and time.time() < deadline and os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
    time.sleep(0.05)
if time.time() >= deadline:
    os.kill(pid, 9)
_, status = os.waitpid(pid, 0)
code = os.waitstatus_to_exitcode(status)
json.dump({"code": code, "screen": screen.decode(errors="replace"), "failed": failed}, sys.stdout)
