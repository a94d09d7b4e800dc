import assert from "node:assert/strict";
import {
  accountIds,
  functionArns,
  keyArns,
  regionNames,
  secretArns,
  type TextRule,
} from "../../model/aws/textRules";
import { aliasNames, checkTags, descriptions, roleNames } from "../../components/argumentRules";
import { keyArn, tags } from "./support/organisation";

const cases: readonly {
  readonly rule: TextRule;
  readonly of: string;
  readonly accepted: readonly string[];
  readonly rejected: readonly string[];
}[] = [
  {
    rule: regionNames,
    of: "a region",
    accepted: ["eu-west-1", "ap-southeast-2", "us-gov-west-1", "cn-north-1", "il-central-1"],
    rejected: ["", "eu-west", "EU-west-1", "eu-west-1a", "Ireland"],
  },
  {
    rule: accountIds,
    of: "an account",
    accepted: ["011111111111"],
    rejected: ["11111111111", "x11111111111"],
  },
  {
    rule: keyArns,
    of: "a key",
    accepted: [keyArn, "arn:aws-cn:kms:cn-north-1:111111111111:key/mrk-0123456789abcdef0123456789abcdef"],
    rejected: ["alias/prod/configuration", keyArn.replace("key/", "alias/"), keyArn.split("/")[1] ?? ""],
  },
  {
    rule: secretArns,
    of: "a secret",
    accepted: ["arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/prod/key-AbCdEf"],
    rejected: [
      "orders/prod/key",
      "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/prod/key",
      "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/prod/key-??????",
    ],
  },
  {
    rule: functionArns,
    of: "a function",
    accepted: ["arn:aws-us-gov:lambda:us-gov-west-1:111111111111:function:rotation-prod"],
    rejected: ["rotation-prod", "arn:aws:lambda:eu-west-1:111111111111:function:rotation-prod:live"],
  },
  {
    rule: aliasNames,
    of: "an alias",
    accepted: ["alias/prod/configuration"],
    rejected: ["prod/configuration", "alias/", "alias/aws/ssm", "alias/prod configuration"],
  },
  {
    rule: roleNames,
    of: "a role",
    accepted: ["a".repeat(64), "AWSReserved_x@y"],
    rejected: ["", "a".repeat(65), "a/b"],
  },
  {
    rule: descriptions(10),
    of: "a description of at most 10 characters",
    accepted: ["Größe: 1 µm"].map((text) => text.slice(0, 10)),
    rejected: ["", "two\nlines", "eleven char"],
  },
];

for (const { rule, of, accepted, rejected } of cases) {
  describe(`The rule for ${of}`, () => {
    for (const text of accepted) it(`accepts "${text}"`, () => assert.match(text, rule.pattern));
    for (const text of rejected) it(`rejects "${text}"`, () => assert.doesNotMatch(text, rule.pattern));
  });
}

describe("checkTags", () => {
  const found = (problems: readonly { reason: string }[]) =>
    problems.map(({ reason }) => reason.split(";")[0]);

  it("accepts the three everything carries, and more", () => {
    assert.deepEqual(checkTags("tags", { ...tags, "platform:fields": "id secret", team: "Größe +1" }), []);
  });

  it("asks for each of the three", () => {
    assert.deepEqual(found(checkTags("tags", { service: "orders", owner: "" })), [
      "no environment, owner was found",
    ]);
  });

  it("refuses those the platform sets itself", () => {
    assert.deepEqual(found(checkTags("tags", { ...tags, "platform:unset": "true" })), [
      "platform:unset was found",
    ]);
  });

  it("refuses what AWS refuses, without repeating values", () => {
    const problems = checkTags("tags", { ...tags, "aws:x": "1", a: "hidden#", ["k".repeat(129)]: "" });
    assert.deepEqual(found(problems), [`aws:x, a, ${"k".repeat(129)} was found`]);
    assert(!JSON.stringify(problems).includes("hidden"));
  });
});
