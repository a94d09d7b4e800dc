import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startWithFiles } from "../../../model/documents/startWithFiles";

/** Every sign of a shell, lines, and no line break at the end. */
const canary = "-n $(id) `id` \"quoted\" 'single' \\n %s %d !*?[]{}\n-----END-----\t§";

/** What a program finds: its arguments, variables and `umask`. */
const program = `
process.stdout.write(JSON.stringify({
  argv: process.argv.slice(1),
  names: Object.keys(process.env).filter((name) => name.startsWith("PLATFORM_FILE")),
  kept: process.env.KEPT,
  pid: process.pid,
  umask: process.umask(),
}))`;

describe("files that hold values", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "files"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function start(paths: readonly string[], values: Readonly<Record<string, string>>) {
    const files = paths.map((path, index) => ({ variable: `PLATFORM_FILE_${index + 1}`, path }));
    const { entryPoint = [], command = [] } = startWithFiles(
      { entryPoint: [process.execPath, "-e", program], command: ["--", "a b", "$(id)", "*"] },
      files,
    );
    const [shell = "", ...args] = [...entryPoint, ...command];
    const { stdout, stderr, status, pid } = spawnSync(shell, args, {
      env: { ...values, KEPT: "yes" },
      encoding: "utf8",
    });
    return { stdout, stderr, status, pid };
  }

  it("are written by a real shell as they are, for their user alone, before the program starts", () => {
    const paths = [join(folder, "tls.key"), join(folder, "tls.crt")];
    const { stdout, stderr, pid } = start(paths, { PLATFORM_FILE_1: canary, PLATFORM_FILE_2: "" });
    assert.equal(stderr, "");
    assert.equal(readFileSync(paths[0]!, "utf8"), canary);
    assert.equal(readFileSync(paths[1]!, "utf8"), "");
    assert.deepEqual(
      paths.map((path) => statSync(path).mode & 0o777),
      [0o600, 0o600],
    );
    const found = JSON.parse(stdout) as Record<string, unknown>;
    assert.deepEqual(found, {
      argv: ["a b", "$(id)", "*"],
      names: [],
      kept: "yes",
      pid,
      umask: process.umask(),
    });
  });

  it("keep the program from starting where one cannot be written, without showing a value", () => {
    const paths = [join(folder, "a"), join(folder, "missing", "b")];
    const { stdout, stderr, status } = start(paths, { PLATFORM_FILE_1: canary, PLATFORM_FILE_2: canary });
    assert.equal(status, 1);
    assert.equal(stdout, "");
    assert.doesNotMatch(stderr, /quoted|END/);
  });

  it("leave a start without them as it is", () => {
    assert.deepEqual(startWithFiles({}, []), {});
    assert.deepEqual(startWithFiles({ entryPoint: [], command: ["serve"] }, []), { command: ["serve"] });
    assert.deepEqual(startWithFiles({ entryPoint: ["/start"] }, []), { entryPoint: ["/start"] });
  });
});
