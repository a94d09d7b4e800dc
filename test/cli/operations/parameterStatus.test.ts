import assert from "node:assert/strict";
import type { ObservedParameter } from "../../../aws/parameter";
import type { StatusKind } from "../../../cli/status/itemStatus";
import { parameterStatus, type Surroundings } from "../../../cli/status/parameterStatus";
import { parameterPolicies } from "../../../model/values/parameterPolicies";
import { parameterNamed, planFrom } from "./support/plan";

const now = new Date("2027-03-01T12:00:00Z");
const days = (count: number) => new Date(now.getTime() + count * 86_400_000);
const keyArn = "arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";

describe("status of a parameter", () => {
  const plan = planFrom();
  const token = parameterNamed(plan, "/shop/prod/partner-token");
  const certificate = parameterNamed(plan, "/shop/prod/certificate");
  const surroundings: Surroundings = { stack: "security", isUnset: false, keyArn, now };

  const written = (parameter: typeof token, at: Date): ObservedParameter => ({
    name: parameter.name,
    type: "SecureString",
    description: parameter.description,
    keyId: keyArn,
    tier: "Advanced",
    policies: [parameterPolicies(parameter.expires!, at)],
    lastModified: at,
  });

  it("that has long to live needs nothing", () => {
    const status = parameterStatus(token, written(token, days(-10)), surroundings);
    assert.deepEqual(
      [status.state, status.last, status.next, status.daysLeft, status.findings, status.notes],
      ["ok", days(-10), days(50), 50, [], []],
    );
  });

  it("that never expires says why, and when somebody is reminded, though it needs nothing", () => {
    assert.ok(certificate.expires?.never);
    const { reason } = certificate.expires;
    const status = parameterStatus(certificate, written(certificate, days(-10)), surroundings);
    assert.deepEqual(
      [status.state, status.notes],
      ["ok", [`it never expires: ${reason}; a reminder after 180 days without a new value, on 2027-08-18`]],
    );
    const due = parameterStatus(certificate, written(certificate, days(-180)), surroundings);
    assert.deepEqual(due.notes, [
      `it never expires: ${reason}; a reminder after 180 days without a new value`,
    ]);
    const gone = parameterStatus(certificate, undefined, surroundings);
    assert.deepEqual(gone.notes, due.notes);
    const planted = {
      ...certificate,
      expires: { ...certificate.expires, reason: "a\n##vso[b]\u001b[31mc" },
    };
    assert.match(
      parameterStatus(planted, undefined, surroundings).notes[0]!,
      /^it never expires: a # # vso\[b\]c;/,
    );
  });

  it("that is plain needs nothing either, and has no date", () => {
    const level = parameterNamed(plan, "/shop/prod/log-level");
    const observed = { name: level.name, type: "String", policies: [], lastModified: days(-400) };
    const status = parameterStatus(level, observed, surroundings);
    assert.deepEqual([status.state, status.next, status.daysLeft], ["ok", undefined, undefined]);
  });

  const aged = written(token, days(-40));
  const cases: readonly [
    string,
    typeof token,
    ObservedParameter | undefined,
    Partial<Surroundings>,
    StatusKind[],
    RegExp,
  ][] = [
    [
      "is gone",
      token,
      undefined,
      {},
      ["expired"],
      /pulumi up --refresh --stack security --policy-pack policies makes it again, unset and shared again, then npx platform set shop\/prod\/partner-token/,
    ],
    ["never expires and is gone", certificate, undefined, {}, ["missing"], /pulumi up --refresh/],
    [
      "is plain and gone",
      parameterNamed(plan, "/shop/prod/log-level"),
      undefined,
      { stack: "prod" },
      ["missing"],
      /pulumi up --refresh --stack prod --policy-pack policies$/,
    ],
    [
      "is over its date and not deleted yet",
      token,
      written(token, days(-60)),
      {},
      ["expired"],
      /makes it again/,
    ],
    ["was never set", token, aged, { isUnset: true }, ["unset"], /^npx platform set/],
    ["ends within the manifest's 20 days", token, aged, {}, ["expiring"], /renew it .*platform set/],
    [
      "never expires and is due for a look",
      certificate,
      written(certificate, days(-180)),
      {},
      ["unchanged"],
      /still right/,
    ],
    [
      "has another type",
      token,
      { ...written(token, days(-1)), type: "String" },
      {},
      ["foreign"],
      /delete or rename/,
    ],
    [
      "was written without policies, so that its time was not renewed",
      token,
      { ...aged, lastModified: days(-1) },
      {},
      ["expiring", "waiting"],
      /renew it/,
    ],
    [
      "is under another key",
      token,
      { ...written(token, days(-1)), keyId: keyArn.replace("1234abcd", "99999999") },
      {},
      ["waiting"],
      /^npx platform set/,
    ],
    [
      "came to expire by a change of the manifest",
      token,
      { ...written(token, days(-1)), policies: [parameterPolicies(certificate.expires!, days(-1))] },
      {},
      ["waiting"],
      /^npx platform set/,
    ],
  ];
  for (const [what, parameter, observed, around, kinds, remedy] of cases) {
    it(`that ${what} is ${kinds.join(" and ")}`, () => {
      const { state, findings } = parameterStatus(parameter, observed, { ...surroundings, ...around });
      assert.deepEqual(
        findings.map(({ kind }) => kind),
        kinds,
      );
      assert.equal(state, kinds[0]);
      assert.match(findings[0]?.remedy ?? "", remedy);
    });
  }

  it("begins to expire on the day the manifest says, and to need a look on the day after its reminder's days", () => {
    const left = (written_: number) =>
      parameterStatus(token, written(token, days(written_)), surroundings).state;
    assert.deepEqual([left(-39.9), left(-40)], ["ok", "expiring"]);
    const same = (since: number) =>
      parameterStatus(certificate, written(certificate, days(since)), surroundings).state;
    assert.deepEqual([same(-179.9), same(-180)], ["ok", "unchanged"]);
  });

  it("warns by the longer of the manifest's days and AWS's", () => {
    const longer = { never: false, afterDays: 60, warnDays: 45 } as const;
    const observed = { ...written(token, days(-20)), policies: [parameterPolicies(longer, days(-20))] };
    const { findings } = parameterStatus(token, observed, surroundings);
    assert.deepEqual(
      findings.map(({ kind }) => kind),
      ["expiring", "waiting"],
    );
  });

  it("whose description alone waits needs no hand, and says so; another key is unknown to who may not ask", () => {
    const observed = { ...written(token, days(-1)), description: "an older one" };
    const described = parameterStatus(token, observed, surroundings);
    assert.equal(described.state, "ok");
    assert.match(
      described.notes[0] ?? "",
      /^description as in the manifest from the next npx platform set on/,
    );
    const unknown = { ...written(token, days(-1)), keyId: "arn:aws:kms:eu-west-1:111111111111:key/other" };
    assert.equal(parameterStatus(token, unknown, { ...surroundings, keyArn: undefined }).state, "ok");
  });
});
