import assert from "node:assert/strict";

import { evaluate, type RegisteredResource } from "../../policies/pack/evaluate";
import { listOf, type Cases } from "./support/cases";
import { casesOfAllRules } from "./support/ruleTests";
import { replaysOf } from "./support/unknowns";

const allCases = casesOfAllRules();

/**
 * Where a rule says nothing of a value that is not known, and why that is right: by rule, patterns of
 * `resource.path.to.the.value`.
 */
const right: Readonly<Record<string, readonly RegExp[]>> = {
  // A reference counts as present: AWS's own keys, and lists of nobody, are never made by a program.
  "alarm-actions": [/\.alarmActions$/],
  "boundary-open": [/\.permissionsBoundary$/],
  "build-cmk": [/\.encryptionKey$/],
  "function-env-cmk": [/\.kmsKeyArn$/],
  "function-public": [/\.sourceArn$/],
  "parameter-cmk": [/\.keyId$/],
  "role-boundary": [/\.permissionsBoundary$/],
  "secret-cmk": [/\.kmsKeyId$/],
  "secret-cross-account-key": [/\.kmsKeyId$/],
  "secret-replica-cmk": [/\.kmsKeyId$/, /\.region$/],
  "topic-cmk": [/\.kmsMasterKeyId$/],
  "trail-bucket-logged": [/\.targetBucket$/, /^bucket\.bucket$/],
  // Values under names that announce no credential come from outputs all the time, those of tags too.
  "build-env-secret": [/\.tags\.database$/],
  "function-env-secret": [/\.tags\.database$/, /\.variables\.(?:SETTING|DATABASE_URL)$/],
  "instance-user-data": [/\.tags\.database$/],
  "parameter-secure": [/\.tags\.database$/],
  "secret-tags": [/\.tags\.(?:database|environment)$/],
  "task-env-secret": [/\.tags\.database$/],
  // Of a policy that is attached and not known, iam-admin speaks for all.
  "iam-decrypt-star": [/\.policyArn$/],
  "iam-environment-cross": [/\.policyArn$/],
  "iam-privilege-escalation": [/\.policyArn$/],
  "iam-secret-read": [/\.policyArn$/, /\.managedPolicyArns(?:\.\d)?$/],
  // A service of which it is not known what it sends.
  "trust-deputy": [/\.Condition(?:\.ArnLike(?:\.aws:SourceArn)?)?$/],
  // What a thing is called, where it lies and whether it is on is taken as the configuration it is nearly always.
  "alarms-cis": [/\.alarmActions$/],
  "key-admin-split": [/^alias\.name$/, /\.kmsKeyId$/],
  "key-policy": [/\.ArnNotLike\.aws:PrincipalArn$/],
  "secret-key-match": [/^secret\.name$/, /\.region$/, /\.aws:PrincipalArn\.1$/],
  "secret-policy": [/^database\.policy\.Statement\.0$/],
  // A variable of the session that a value might hold is looked for where the texts of a service's own role are known.
  "iam-session-variables": [/\.(?:name|path|role)$/, /\.(?:NotResource|Condition(?:\..*)?)$/],
  // The provider's own answer is unknown in a preview.
  "secret-rotation": [/\.rotationEnabled$/],
};

const findings = (
  rule: Parameters<typeof evaluate>[0][number],
  program: readonly RegisteredResource[],
  cases: Cases,
) => evaluate([rule], program, cases.settings === undefined ? {} : { settings: cases.settings });

/** Every value of every program that a rule refuses, unknown in turn. */
describe("a value that is not known in a preview", () => {
  for (const { rule, cases } of allCases) {
    it(`is never passed over in silence by ${rule.id}`, () => {
      const silent = Object.entries(cases.fails).flatMap(([name, { program }]) =>
        [...replaysOf(listOf(program))]
          .filter((replay) => findings(rule, replay.program, cases).length === 0)
          .filter(({ where }) => !(right[rule.id] ?? []).some((pattern) => pattern.test(where)))
          .map(({ where }) => `${name}: ${where}`),
      );
      assert.deepEqual(silent, []);
    });
  }

  it("turns no program that passes into one that is refused, where a policy is unknown", () => {
    const refused = allCases
      .filter(({ rule }) => /^(?:iam|trust|role|topic)-/.test(rule.id))
      .flatMap(({ rule, cases }) =>
        Object.entries(cases.passes).flatMap(([name, program]) =>
          [...replaysOf(listOf(program))]
            .filter(({ where }) => /\.(?:policy|assumeRolePolicy|inlinePolicies)\b/.test(where))
            .filter(({ program: replay }) =>
              findings(rule, replay, cases).some(({ level }) => level === "mandatory"),
            )
            .map(({ where }) => `${rule.id}, ${name}: ${where}`),
        ),
      );
    assert.deepEqual(refused, []);
  });
});

/** How the engine marks a secret (`pulumi.secret`), in a property or in any value inside it. */
const secretOf = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

function marked(value: unknown): unknown {
  if (Array.isArray(value)) return secretOf(value.map(marked));
  if (typeof value !== "object" || value === null) return secretOf(value);
  return secretOf(Object.fromEntries(Object.entries(value).map(([key, one]) => [key, marked(one)])));
}

describe("a value that is marked as a secret", () => {
  for (const { rule, cases } of allCases) {
    it(`is judged by ${rule.id} as the same value without the mark, known or not`, () => {
      for (const { program } of [...Object.values(cases.fails), ...Object.values(cases.undecided)]) {
        const plain = listOf(program);
        const secret = plain.map((one) => ({
          ...one,
          inputs: Object.fromEntries(Object.entries(one.inputs).map(([key, value]) => [key, marked(value)])),
        }));
        assert.deepEqual(findings(rule, secret, cases), findings(rule, plain, cases));
      }
    });
  }
});
