import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { EventEmitter } from "node:events";
import { inspect } from "node:util";
import { leaveReadable, readable } from "../../startup/readableErrors";

/** Frames that Node's colours never end on, and some that it does. */
const foreign = [
  "    at new Resource (/srv/platform/node_modules/@pulumi/resource.ts:1598:22)",
  "    at async file:///srv/platform/node_modules/output.ts:3:1",
  "    at C:\\platform\\node_modules\\@pulumi\\resource.ts:1:1",
  "    at run (/srv/platform/node_modules/@pulumi/pulumi/runtime/stack.ts:7:1)",
];
const own = "    at securityStack (/srv/platform/stacks/security.ts:33:9)";

/** An error as it comes out of Pulumi. */
function broken(message: string, options?: ErrorOptions): Error {
  const error = new Error(message, options);
  error.stack = [`Error: ${message}`, foreign[0], own, ...foreign.slice(1)].join("\n");
  return error;
}

const plain = `Error: one\n${own}`;

describe("errors that leave a program", () => {
  it("keep their message and the frames of our own", () => {
    const error = broken("one");
    assert.equal(readable(error), error);
    assert.equal(error.message, "one");
    assert.equal(error.stack, plain);
    assert.equal(inspect(error, { colors: true }), plain);
  });

  it("show those behind them, each once", () => {
    const cause = broken("the cause");
    const error = Object.assign(broken("one", { cause }), { errors: [broken("two"), cause, "three"] });
    cause.cause = error;
    readable(error);
    assert.equal(
      inspect(error, { colors: true }),
      [plain, `Error: the cause\n${own}`, `Error: two\n${own}`].join("\nbecause of "),
    );
    assert.equal(cause.stack, `Error: the cause\n${own}`);
  });

  it("say nothing of what they carry along", () => {
    const error = Object.assign(broken("one"), { resource: { value: "hidden", inner: broken("inner") } });
    assert.equal(inspect(readable(error), { colors: true }), plain);
  });

  it("lose what looks like a frame in their message too, and no other line of it", () => {
    const message = ["could not start:", foreign[0], "Require stack:", "- /srv/node_modules/a.js"].join("\n");
    const error = broken(message);
    readable(error);
    assert.equal(error.stack, `Error: could not start:\nRequire stack:\n${own}`);
    const before = broken("Require stack:\n- /srv/node_modules/a.js");
    readable(before);
    assert.equal(before.stack, `Error: Require stack:\n- /srv/node_modules/a.js\n${own}`);
  });

  it("stay without a stack where it was emptied", () => {
    const error = broken("one");
    error.stack = "";
    assert.equal(readable(error), error);
    assert.equal(error.stack, "");
    assert.equal(inspect(error), "one");
  });

  it("are replaced where they cannot be changed", () => {
    for (const lock of [Object.freeze, Object.seal]) {
      const error = Object.assign(broken("one"), { name: "Locked" });
      const replaced = readable(lock(error));
      assert.deepEqual([replaced.name, replaced.message, replaced.stack], ["Locked", "one", plain]);
    }
    const behind = broken("one", { cause: Object.freeze(broken("two")) });
    assert.doesNotMatch(String(readable(behind).stack), /node_modules/);
    assert.equal(readable(behind).cause, undefined);
  });

  it("are left as they are where they are no errors", () => {
    for (const thrown of ["text", undefined, null, 7, { message: "no stack" }]) {
      assert.equal(readable(thrown), thrown);
    }
  });

  it("come to an end in colour", function () {
    this.timeout(240_000);
    // In a process of its own: what never ends cannot be stopped from within.
    const script = `
      const { inspect } = require("node:util");
      const { readable } = require("./startup/readableErrors.ts");
      const lines = ${JSON.stringify(foreign)};
      const cause = Object.assign(new TypeError("two"), { stack: ["TypeError: two", ...lines].join("\\n") });
      for (const line of lines) {
        const error = new Error("one", { cause });
        error.stack = ["Error: one", line].join("\\n");
        console.log(inspect(readable(error), { colors: true }));
      }`;
    const shown = execFileSync(process.execPath, ["--require", "tsx/cjs", "--eval", script], {
      encoding: "utf8",
      timeout: 120_000,
    });
    assert.equal(shown, "Error: one\nbecause of TypeError: two\n".repeat(foreign.length));
  });
});

describe("a process whose errors are readable", () => {
  it("makes them so ahead of whoever listens", () => {
    for (const event of ["uncaughtException", "unhandledRejection"]) {
      const running = new EventEmitter();
      const heard: unknown[] = [];
      running.on(event, (error: Error) => heard.push(error.stack));
      leaveReadable(running);
      running.emit(event, broken("one"));
      assert.deepEqual(heard, [plain]);
    }
  });

  it("listens to nothing that nobody else does, since Node then ends no process", () => {
    const running = new EventEmitter();
    leaveReadable(running);
    assert.deepEqual(running.eventNames(), []);
  });
});
