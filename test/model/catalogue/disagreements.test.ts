import assert from "node:assert/strict";
import { lines, load, orders } from "./support";

function rotationLines(rotation: string, name = "token"): readonly string[] {
  return said(`secrets:\n  ${name}: { description: A token, rotation: { ${rotation} } }`);
}

function expiryLines(expires: string): readonly string[] {
  return said(`parameters:\n  key: { description: A key, type: SecureString, expires: { ${expires} } }`);
}

/** Path and what was found, of each problem. */
function said(rest: string): readonly string[] {
  return lines(load({ orders: orders(rest) })).map((line) => line.replace(/^\S+ (.*?);.*$/, "$1"));
}

const [neither, both] = [
  "secrets.token.rotation: found neither `every` nor `schedule`",
  "secrets.token.rotation.schedule: found both `every` and `schedule`",
];
const wrongWindow = 'secrets.token.rotation.window: found "30 hours"';
const lateWindow = "secrets.token.rotation.window: a window of 3 hours that opens at 22:00";

describe("keys of a rotation that disagree", () => {
  it("are told where nothing else is wrong", () => {
    assert.deepEqual(rotationLines("method: generated"), [neither]);
    assert.deepEqual(rotationLines("method: generated, every: 30 days, schedule: rate(30 days)"), [both]);
    assert.deepEqual(rotationLines('method: generated, schedule: "cron(0 22 * * ? *)", window: 3 hours'), [
      lateWindow,
    ]);
  });

  it("are told beside a key that is refused", () => {
    assert.deepEqual(rotationLines("method: generated, window: 30 hours"), [neither, wrongWindow]);
    assert.deepEqual(
      rotationLines("method: generated, every: 30 days, schedule: rate(30 days), window: 30 hours"),
      [both, wrongWindow],
    );
    assert.deepEqual(
      rotationLines('method: function, schedule: "cron(0 22 * * ? *)", window: 3 hours, role: x, arn: y'),
      [lateWindow, 'secrets.token.rotation.role: found "x"', 'secrets.token.rotation.arn: found "y"'],
    );
  });

  it("are told beside a key that is unknown, and only once", () => {
    assert.deepEqual(rotationLines("method: generated, colour: blue"), [
      neither,
      "secrets.token.rotation.colour: unknown key `colour`",
    ]);
  });

  it("are told where the method is wrong or the secret's name is", () => {
    assert.deepEqual(rotationLines("method: generate"), [
      neither,
      'secrets.token.rotation.method: found "generate"',
    ]);
    assert.deepEqual(rotationLines("method: generated", "Token"), [
      'secrets.Token: found "Token"',
      neither.replace("token", "Token"),
    ]);
  });

  it("say nothing of a key that was refused", () => {
    const wrongEvery = ["secrets.token.rotation.every: found 30"];
    assert.deepEqual(rotationLines("method: generated, every: 30"), wrongEvery);
    assert.deepEqual(rotationLines("method: generated, every: 30, window: 24 hours"), wrongEvery);
    assert.deepEqual(rotationLines("method: generated, every: "), [
      "secrets.token.rotation.every: `every` has no value",
    ]);
  });

  it("leave the rest of the rotation to the rules", () => {
    assert.deepEqual([...rotationLines("method: postgres-single-user, admin: other")].sort(), [
      "secrets.token.database: `database` is missing",
      "secrets.token.rotation.admin: found `admin` with a single-user method",
      neither,
    ]);
  });
});

describe("keys of an expiry that disagree", () => {
  const late = "the warning is due 14 days before the end of a value that lasts 10 days";

  it("are told where nothing else is wrong, or another key is refused", () => {
    assert.deepEqual(expiryLines("after: 10 days"), [`parameters.key.expires.after: ${late}`]);
    assert.deepEqual(expiryLines("after: 10 days, warn: 14 days"), [`parameters.key.expires.warn: ${late}`]);
    assert.deepEqual(expiryLines("after: 10 days, warn: 2 days"), [
      `parameters.key.expires.after: ${late}`,
      'parameters.key.expires.warn: found "2 days"',
    ]);
  });

  it("say nothing of a key that was refused", () => {
    assert.deepEqual(expiryLines("after: 10, warn: 14 days"), ["parameters.key.expires.after: found 10"]);
    assert.deepEqual(expiryLines("after: 30 days, warn: 2 days"), [
      'parameters.key.expires.warn: found "2 days"',
    ]);
  });
});
