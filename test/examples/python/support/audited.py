"""Runs a program as Python would, and tells on standard error of each file it opens for writing and each process it starts.

    python audited.py PROGRAM [ARGUMENT...]

PATCH, such as `published_keys.MAX_AGE_SECONDS=1 other.NAME=2`, gives numbers of its modules other values first.
"""

import importlib
import os
import runpy
import sys

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
STARTS = ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.spawn", "os.system")


def tell(event, details):
    if event == "open" and isinstance(details[0], (str, bytes, os.PathLike)) and details[2] & WRITING:
        if details[0] != os.devnull:
            os.write(2, f"AUDIT writes {os.fsdecode(details[0])}\n".encode())
    elif event in STARTS:
        os.write(2, f"AUDIT starts {details[0]}\n".encode())


sys.argv = sys.argv[1:]
sys.path[0] = os.path.dirname(os.path.abspath(sys.argv[0]))
sys.addaudithook(tell)
for patch in os.environ.pop("PATCH", "").split():
    place, value = patch.split("=")
    module, name = place.rsplit(".", 1)
    setattr(importlib.import_module(module), name, float(value))
runpy.run_path(sys.argv[0], run_name="__main__")
