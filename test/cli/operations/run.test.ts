import assert from "node:assert/strict";
import type * as interrupt from "../../../cli/interrupt";
import { OperationError } from "../../../cli/operations/operationError";
import { type Outcome, runOperation } from "../../../cli/operations/run";
import type * as run from "../../../cli/operations/run";
import { InvalidInput, type Problem } from "../../../model/yaml/problem";
import { inPlaceOf } from "../support/inPlaceOf";
import { capture, withCommandLoadedAnew } from "../support/inProcess";

const problem: Problem = {
  file: "services/orders.yaml",
  line: 2,
  column: 3,
  path: "secrets.token",
  found: "found this",
  allowed: "that is allowed",
  remedy: "write that",
};
const whole: Problem = { ...problem, line: 4, path: "" };

const outcome: Outcome = { text: "1 secret", json: { secrets: ["token"] } };

/** What it prints and exits with, whatever the operation does. */
const cases: readonly {
  readonly of: string;
  readonly operate: () => Outcome;
  readonly code: number;
  readonly text: readonly [stdout: string, stderr: string];
  readonly json: object;
}[] = [
  {
    of: "an operation that found nothing wrong",
    operate: () => outcome,
    code: 0,
    text: ["1 secret\n", ""],
    json: { secrets: ["token"] },
  },
  {
    of: "one that says so",
    operate: () => ({ ...outcome, clean: true }),
    code: 0,
    text: ["1 secret\n", ""],
    json: { secrets: ["token"] },
  },
  {
    of: "one that found what needs a hand",
    operate: () => ({ ...outcome, clean: false }),
    code: 1,
    text: ["1 secret\n", ""],
    json: { secrets: ["token"] },
  },
  {
    of: "one that was refused",
    operate: () => {
      throw new OperationError("there is no such secret");
    },
    code: 1,
    text: ["", "error: there is no such secret\n"],
    json: { error: { message: "there is no such secret" } },
  },
  {
    of: "one that AWS refused",
    operate: () => {
      throw new OperationError("not allowed", "AccessDenied");
    },
    code: 1,
    text: ["", "error: not allowed\n"],
    json: { error: { message: "not allowed", code: "AccessDenied" } },
  },
  {
    of: "one whose manifests are wrong",
    operate: () => {
      throw new InvalidInput([problem, whole]);
    },
    code: 1,
    text: [
      "",
      "services/orders.yaml:2:3 secrets.token: found this; that is allowed; write that\n" +
        "services/orders.yaml:4:3 found this; that is allowed; write that\n\n" +
        "the manifests have to be corrected first; nothing was done\n",
    ],
    json: {
      errors: [
        {
          file: "services/orders.yaml",
          line: 2,
          column: 3,
          path: "secrets.token",
          message: "found this; that is allowed; write that",
        },
        {
          file: "services/orders.yaml",
          line: 4,
          column: 3,
          path: "",
          message: "found this; that is allowed; write that",
        },
      ],
    },
  },
];

describe("what an operation ends with", () => {
  let code: typeof process.exitCode;
  beforeEach(() => (code = process.exitCode));
  afterEach(() => (process.exitCode = code));

  async function ran(format: "text" | "json", operate: () => Outcome) {
    const written = capture();
    process.exitCode = 7;
    try {
      await runOperation({ format }, () => Promise.resolve().then(operate));
      return { ...written.texts, code: process.exitCode };
    } finally {
      written.end();
    }
  }

  for (const { of, operate, code, text, json } of cases) {
    it(`of ${of}, for people`, async () => {
      assert.deepEqual(await ran("text", operate), { stdout: text[0], stderr: text[1], code });
    });

    it(`of ${of}, for machines`, async () => {
      const stdout = `${JSON.stringify(json, undefined, 2)}\n`;
      assert.deepEqual(await ran("json", operate), { stdout, stderr: "", code });
    });
  }

  for (const format of ["text", "json"] as const) {
    it(`is left to Node for a mistake of the program: ${format}`, async () => {
      const mistake = new TypeError("a mistake");
      const attempt = ran(format, () => {
        throw mistake;
      });
      await assert.rejects(attempt, (error) => error === mistake);
      assert.equal(process.exitCode, 7);
    });

    it(`is told as that is, where it is interrupted: ${format}`, async () => {
      const { code, stdout, stderr } = await interrupted(format);
      const said = format === "json" ? stdout : stderr;
      assert.equal(code, 143);
      assert.equal(format === "json" ? stderr : stdout, "");
      if (format === "text") assert.equal(said, "error: broken off; nothing was written\n");
      else assert.deepEqual(JSON.parse(said), { error: { message: "broken off; nothing was written" } });
    });
  }
});

/** What an operation that never ends is ended with by a signal. */
function interrupted(format: "text" | "json") {
  return withCommandLoadedAnew(async () => {
    /* eslint-disable @typescript-eslint/no-require-imports -- `import` loads nothing twice */
    const { answerSignals } = require("../../../cli/interrupt") as typeof interrupt;
    const { runOperation } = require("../../../cli/operations/run") as typeof run;
    /* eslint-enable @typescript-eslint/no-require-imports */
    const written = capture();
    let code: unknown;
    const putBack = inPlaceOf(process, "exit", (given) => {
      code = given;
      throw new Error("ended");
    });
    // Whoever runs the tests may wait for the signal as well.
    const others = process.listeners("SIGTERM");
    process.removeAllListeners("SIGTERM");
    try {
      answerSignals();
      void runOperation({ format }, () => new Promise(() => undefined));
      assert.throws(() => process.emit("SIGTERM", "SIGTERM"), /^Error: ended$/);
      return await Promise.resolve({ code, ...written.texts });
    } finally {
      process.removeAllListeners("SIGTERM");
      for (const other of others) process.on("SIGTERM", other);
      putBack();
      written.end();
    }
  });
}
