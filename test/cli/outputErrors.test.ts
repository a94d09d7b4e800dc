import assert from "node:assert/strict";
import { keepOutputErrorsReadable } from "../../cli/outputErrors";
import { inPlaceOf } from "./support/inPlaceOf";
import { capture } from "./support/inProcess";

/** What is said, and ended with, when the output fails. */
function failing(stream: "stdout" | "stderr", error: { readonly code?: string }) {
  const before = { stdout: process.stdout.listeners("error"), stderr: process.stderr.listeners("error") };
  const written = capture();
  const codes: unknown[] = [];
  const putBack = inPlaceOf(process, "exit", ((code: unknown) => void codes.push(code)) as never);
  try {
    keepOutputErrorsReadable();
    process[stream].emit("error", error as Error);
    return { ...written.texts, codes };
  } finally {
    written.end();
    putBack();
    for (const each of ["stdout", "stderr"] as const)
      for (const listener of process[each].listeners("error"))
        if (!before[each].includes(listener)) process[each].removeListener("error", listener as () => void);
  }
}

describe("output that cannot be written", () => {
  const silent = { stdout: "", stderr: "", codes: [] };

  for (const code of ["EPIPE", "EIO", "ECONNRESET"])
    it(`is nothing to speak of where its reader has gone: ${code}`, () =>
      assert.deepEqual(failing("stdout", { code }), silent));

  for (const [code, told] of [
    ["ENOSPC", "ENOSPC"],
    [undefined, "no reason given"],
  ] as const)
    it(`ends the command with 1: ${told}`, () =>
      assert.deepEqual(failing("stdout", code === undefined ? {} : { code }), {
        ...silent,
        stderr: `error: the output could not be written (${told}); what the command did stays done\n`,
        codes: [1],
      }));

  it("is nowhere to be told of where the error stream fails", () =>
    assert.deepEqual(failing("stderr", { code: "ENOSPC" }), silent));
});
