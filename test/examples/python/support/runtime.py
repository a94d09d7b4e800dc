"""Stands for Lambda's runtime: calls a handler with each event of standard input, one a line, and answers on standard output.
What the handler prints goes to standard error, and the trace of what it raises too, as both go to its log.

    python runtime.py MODULE.FUNCTION
"""

import importlib
import json
import sys
import traceback

answers, sys.stdout = sys.stdout, sys.stderr
module, name = sys.argv[1].rsplit(".", 1)
handler = getattr(importlib.import_module(module), name)

for line in sys.stdin:
    try:
        answer = {"result": handler(json.loads(line), None)}
    except Exception as error:
        traceback.print_exc()
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), file=answers, flush=True)
