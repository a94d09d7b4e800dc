import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AwsProxy } from "../../support/moto/awsProxy";
import { type Environment, platform } from "../operations/support/platform";
import { stackTrace } from "../support/platform";
import { answering } from "./support/answers";
import { ArchiveFolder, type Hour, publicKeyList, signer } from "./support/archiveCopy";
import { emulated } from "./support/emulated";

const cloudTrail = signer("0a1b2c3d4e5f60718293a4b5c6d7e8f9");
const start = new Date("2026-11-01T00:00:00Z");
const accounts = ["111111111111", "222222222222", "333333333333"];

describe("platform audit --verify", function () {
  this.timeout(480_000);
  let folder: ArchiveFolder;
  let hours: readonly (readonly Hour[])[];
  let keys: string;
  beforeEach(() => {
    folder = new ArchiveFolder();
    hours = accounts.map((account) =>
      folder.hours({ account, region: "eu-west-1", signer: cloudTrail }, start, [1, 2, 0, 1, 0]),
    );
    keys = join(folder.root, "keys.json");
    writeFileSync(keys, publicKeyList(cloudTrail));
  });
  afterEach(() => folder.end());

  const until = ["--until", "2026-11-01T03:00:00Z"];
  const verify = (...flags: readonly string[]) =>
    platform(["audit", "--verify", folder.root, "--public-keys", keys, ...flags]);

  it("says how many files are proven, and ends well, without credentials", async () => {
    const { code, stdout, stderr } = await verify(...until);
    assert.deepEqual([code, stderr], [0, ""], stdout);
    assert.match(stdout, /^9 files of records proven by 12 digests$/m);
    assert.match(
      stdout,
      /^ {2}333333333333 eu-west-1 secrets-platform: from 2026-11-01 00:00 to 2026-11-01 03:00$/m,
    );
    assert.match(stdout, /every file is as CloudTrail wrote it, and none is missing$/m);
  });

  it("ends with 1 for what is not proven, and says which file, which time and why", async () => {
    const { key, content } = hours[2]![1]!.records[0]!;
    folder.write(key, content.replace("eventID", "eventId"));
    folder.remove(hours[0]![1]!.digest.key);
    const { code, stdout } = await verify(...until);
    assert.equal(code, 1);
    assert.doesNotMatch(stdout, stackTrace);
    assert.match(stdout, /not as CloudTrail wrote it\n(?:.*\n)*.*it is not what CloudTrail wrote/);
    assert.match(
      stdout,
      /times of which nothing is proven\n {2}111111111111 eu-west-1 secrets-platform: from 2026-11-01 00:00 to 2026-11-01 02:00\n {4}digest AWSLogs\/\S+ is missing/,
    );
    const json = await verify(...until, "--format", "json");
    const report = JSON.parse(json.stdout) as {
      proven: number;
      faults: { key: string }[];
      chains: { account: string; gaps: object[] }[];
    };
    assert.equal(json.code, 1);
    assert.ok(report.faults.some((fault) => fault.key === key));
    assert.deepEqual(
      report.chains.map(({ account, gaps }) => [account, gaps.length]),
      [
        ["111111111111", 1],
        ["222222222222", 0],
        ["333333333333", 0],
      ],
    );
  });

  it("takes nothing for proven that is old and has no digest after it", async () => {
    const { code, stdout } = await verify();
    assert.equal(code, 1);
    assert.match(
      stdout,
      /from 2026-11-01 04:00 to 2026-\d\d-\d\d \d\d:\d\d\n {4}digest .* is not proven, and none is here that is later/,
    );
  });

  it("misses an account of which a copy of the whole archive holds nothing, and not in a part of it", async () => {
    folder.remove("AWSLogs/222222222222");
    const whole = await verify(...until);
    assert.equal(whole.code, 1);
    assert.match(whole.stdout, /222222222222 {2}no digest of its is here: copy its folder too/);
    const part = await platform([
      "audit",
      "--verify",
      folder.path("AWSLogs/333333333333"),
      "--public-keys",
      keys,
      ...until,
    ]);
    assert.deepEqual([part.code, part.stderr], [0, ""], part.stdout);
  });

  it("refuses what it cannot prove anything with", async () => {
    mkdirSync(folder.path("empty"));
    writeFileSync(folder.path("no-keys.json"), "{}");
    for (const [args, expected] of [
      [["--verify", folder.path("nowhere")], /is no folder; name a copy of the archive's AWSLogs/],
      [["--verify", folder.path("empty")], /holds no digests, by which files are proven; copy AWSLogs/],
      [
        ["--verify", folder.root, "--public-keys", folder.path("no-keys.json")],
        /holds no public keys of CloudTrail; it takes what aws cloudtrail list-public-keys/,
      ],
      [["--verify", folder.root, "--public-keys", folder.path("nowhere")], /cannot be read/],
    ] as const) {
      const { code, stderr } = await platform(["audit", ...args]);
      assert.deepEqual([code, expected.test(stderr)], [1, true], stderr);
      assert.doesNotMatch(stderr, stackTrace);
    }
    for (const args of [
      ["--verify", folder.root, "--file", "x"],
      ["--verify", folder.root, "--item", "orders/prod/database"],
      ["--verify", folder.root, "--format", "csv"],
      ["--public-keys", keys],
    ]) {
      assert.equal((await platform(["audit", ...args])).code, 2, args.join(" "));
    }
  });

  describe("with an account's credentials", () => {
    const suite = emulated();
    let proxy: AwsProxy;
    let env: Environment;
    before(async function () {
      const started = await suite.start(this);
      ({ proxy } = started);
      env = started.signedIn("111111111111");
    });
    afterEach(() => proxy.forget());

    it("asks CloudTrail for its keys, page by page and for the time of the digests", async () => {
      const { PublicKeyList } = JSON.parse(publicKeyList(signer("00"), cloudTrail)) as {
        PublicKeyList: { Value: string; Fingerprint: string }[];
      };
      const listed = PublicKeyList.map(({ Value, Fingerprint }) => ({ Value, Fingerprint }));
      proxy.use(
        answering("ListPublicKeys", 200, ({ body }) =>
          body["NextToken"] === undefined
            ? { PublicKeyList: listed.slice(0, 1), NextToken: "more" }
            : { PublicKeyList: listed.slice(1) },
        ),
      );
      const { code, stdout, stderr } = await platform(["audit", "--verify", folder.root, ...until], { env });
      assert.equal(code, 0, stdout + stderr);
      const asked = proxy.calls.filter(({ action }) => action === "ListPublicKeys");
      assert.equal(asked.length, 2);
      assert.equal(asked[0]?.body["EndTime"], Date.parse("2026-11-01T05:00:00Z") / 1000);
    });

    it("says what it may not do, and by which role it could", async () => {
      proxy.use(
        answering("ListPublicKeys", 400, {
          __type: "AccessDeniedException",
          message: "User: x is not authorized to perform: cloudtrail:ListPublicKeys",
        }),
      );
      const { code, stderr } = await platform(["audit", "--verify", folder.root, ...until], { env });
      assert.equal(code, 1);
      assert.match(
        stderr,
        /may not cloudtrail:ListPublicKeys .* use arn:aws:iam::111111111111:role\/platform\/secrets-auditors/,
      );
    });
  });
});
