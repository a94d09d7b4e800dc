"""Where the values are that a function reads: variables that the platform sets, with ARNs and nothing else."""

import os
import re


def arn_of(item: str) -> str:
    """The ARN of an item, which is named as in the consumer's `reads`.

    Raises LookupError where the manifest does not name it.
    """
    variable = f"{re.sub('[^A-Za-z0-9]', '_', item).upper()}_ARN"
    arn = os.environ.get(variable)
    if not arn:
        raise LookupError(f"{variable} is not set; name {item} in `reads` of the consumer in its manifest")
    return arn
