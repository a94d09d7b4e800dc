"""Prints the HMAC-SHA256 of a file, by a key that CodeBuild copies into the environment when a build starts:

    consumers:
      release: { kind: codebuild, environment: { SIGNING_KEY: webhook-signing-key } }

The key comes from the environment: an argument could be read by every process. A build that runs across a rotation
signs with the key of before, so whoever verifies takes the version AWSPREVIOUS as well.
"""

import hmac
import os
import sys
from pathlib import Path

USAGE = 2


def main(arguments: list[str]) -> int:
    key = os.environ.get("SIGNING_KEY")
    if len(arguments) != 1 or not key:
        print("usage: SIGNING_KEY is set by `env` of the buildspec; python sign.py FILE", file=sys.stderr)
        return USAGE
    try:
        content = Path(arguments[0]).read_bytes()
    except OSError as error:
        print(f"{arguments[0]}: {error.strerror}", file=sys.stderr)
        return 1
    print(hmac.new(key.encode(), content, "sha256").hexdigest())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
