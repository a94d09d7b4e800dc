"""Decides calls by moto's IAM engine (moto.iam.access_control, Apache-2.0), which this repository did not write.

Reads {"roles": [[document, ...], ...], "calls": [[role, action, resource], ...]} from the file that is named, and prints
{"seconds": s, "allowed": [true, ...]}. Policies are read before the clock starts.
"""

import json
import sys
import time

from moto.iam.access_control import IAMPolicy, PermissionResult

with open(sys.argv[1], encoding="utf8") as file:
    asked = json.load(file)
roles = [[IAMPolicy(document) for document in documents] for documents in asked["roles"]]
calls = asked["calls"]


def allowed(role, action, resource):
    results = [policy.is_action_permitted(action, resource) for policy in roles[role]]
    return PermissionResult.DENIED not in results and PermissionResult.PERMITTED in results


started = time.perf_counter()
found = [allowed(role, action, resource) for role, action, resource in calls]
print(json.dumps({"seconds": time.perf_counter() - started, "allowed": found}))
