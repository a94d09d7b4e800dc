import assert from "node:assert/strict";
import { InputPropertiesError } from "@pulumi/pulumi";

/** What a component's constructor rejects, reasons by path, several on a line each; fails when it throws anything else or nothing. */
export function rejected(construct: () => unknown): Record<string, string> {
  try {
    construct();
  } catch (error) {
    assert(InputPropertiesError.isInstance(error), `unexpected error: ${String(error)}`);
    for (const { propertyPath, reason } of error.errors) {
      assert(error.message.includes(`${propertyPath}: ${reason}`), "the message leaves a problem out");
      assert.equal(
        reason.split("; ").length,
        3,
        `"${reason}" must be what was found; what is allowed; what to do`,
      );
    }
    assert.doesNotMatch(error.message, /undefined/, "a rule says nothing of what is allowed or what to do");
    const reasons: Record<string, string> = {};
    for (const { propertyPath, reason } of error.errors) {
      reasons[propertyPath] = [...(propertyPath in reasons ? [reasons[propertyPath]] : []), reason].join(
        "\n",
      );
    }
    return reasons;
  }
  return assert.fail("nothing was rejected");
}
