# What CRIT makes of each image below a folder, as one JSON object: {path: {"decode": …, "show": …}}, as `crit decode`
# and `crit show` would print them; null for what CRIT can't read. One process for all: starting CRIT takes long.
import json
import os
import sys

import pycriu


def read(path):
    images = {}
    for way, pretty in (("decode", False), ("show", True)):
        with open(path, "rb") as file:
            try:
                images[way] = pycriu.images.load(file, pretty)
            except Exception:
                return None
    return images


folder = sys.argv[1]
paths = sorted(
    os.path.relpath(os.path.join(parent, name), folder)
    for parent, _, names in os.walk(folder)
    for name in names
    # Bytes of memory have no type in front: CRIT would take them for one.
    if (name.endswith(".img") or "." not in name) and not name.startswith("pages-")
)
json.dump({path: read(os.path.join(folder, path)) for path in paths}, sys.stdout, separators=(",", ":"))
