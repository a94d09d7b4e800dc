import assert from "node:assert/strict";
import { provided } from "../../../support/leftOut";
import { type Moto, startMoto } from "../../../support/moto/startMoto";
import { platform } from "../../operations/support/platform";
import { type StandIn, startStandIn } from "./support/standIn";

describe("platform access --live at the command line", function () {
  this.timeout(240_000);
  let moto: Moto | undefined;
  let standIn: StandIn;
  let env: Readonly<Record<string, string>>;

  before(async function () {
    moto = await provided(this, startMoto);
    standIn = await startStandIn(moto.endpoint);
    const { accessKeyId, secretAccessKey, sessionToken } = await moto.credentials(
      "333333333333",
      "platform/secrets-auditors",
    );
    env = {
      AWS_ENDPOINT_URL: standIn.endpoint,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    };
  });

  after(async () => {
    await standIn?.stop();
    await moto?.stop();
  });

  it("exits with 1 where something is missing, and says of which accounts nothing is said", async () => {
    const { code, stdout, stderr } = await platform(["access", "--live", "--format", "json"], { env });
    assert.deepEqual([code, stderr], [1, ""], stdout);
    const found = JSON.parse(stdout) as Found;
    assert.deepEqual(
      found.read.map(({ account }) => account),
      ["333333333333"],
    );
    assert.deepEqual(
      found.unread.map(({ account, reasons }) => [account, reasons]),
      ["111111111111", "222222222222"].map((account) => [account, ["no credentials of it were given"]]),
    );
    assert.ok(found.differences.length > 30);
    assert.ok(
      found.differences.every(({ kind, account }) => kind === "missing" && account === "333333333333"),
    );
  });

  it("limits itself to the accounts it was asked about, and says it in text", async () => {
    const { code, stdout } = await platform(["access", "--live", "--account", "333333333333"], { env });
    assert.equal(code, 1);
    assert.match(stdout, /^missing {2}333333333333 {2}role orders-prod-api\n/m);
    assert.match(stdout, /\nread {2}333333333333 {2}as arn:aws:sts::333333333333:/);
    assert.doesNotMatch(stdout, /^not read/m);
  });

  it("says of an account with a permission missing that it was not read, and what is missing", async () => {
    standIn.fault = ({ action }) =>
      action === "DescribeVpcEndpoints" ? [403, "UnauthorizedOperation"] : undefined;
    const { code, stdout } = await platform(["access", "--live", "--account", "333333333333"], { env });
    standIn.fault = undefined;
    assert.equal(code, 1);
    assert.match(
      stdout,
      /^not read {2}333333333333; nothing is said about it\n {2}.*may not ec2:DescribeVpcEndpoints/m,
    );
    assert.match(stdout, /\nno account was read, so nothing is said\n$/);
  });

  it("refuses an account that holds no stack, a missing profile's account, and options of the other question", async () => {
    const unknown = await platform(["access", "--live", "--account", "444444444444"], { env });
    assert.deepEqual([unknown.code, unknown.stdout], [2, ""]);
    assert.match(unknown.stderr, /no stack is in account 444444444444; there are 111111111111 \(security\)/);
    const both = await platform(["access", "--live", "--who", "orders-prod-api"], { env });
    assert.equal(both.code, 2);
    assert.match(both.stderr, /--who and --live do not go together/);
    const alone = await platform(["access", "--account", "333333333333"], { env });
    assert.equal(alone.code, 2);
    const missing = await platform(["access", "--live", "--profile", "nobody"], { env });
    assert.equal(missing.code, 1);
    assert.match(missing.stdout, /^ {2}profile nobody: there are no AWS credentials here/m);
  });
});

interface Found {
  readonly read: readonly { readonly account: string }[];
  readonly unread: readonly { readonly account: string; readonly reasons: readonly string[] }[];
  readonly differences: readonly { readonly kind: string; readonly account: string }[];
}
