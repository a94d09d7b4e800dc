import assert from "node:assert/strict";
import { reservedTags } from "../../../model/values/tags";
import { plugin } from "../support/cloud";
import { wanted } from "../support/parameter";

const check = (inputs: Record<string, unknown>) => plugin({}).parameter.check(inputs);
const places = (inputs: Record<string, unknown>) => check(inputs).problems.map(({ property }) => property);

describe("ExpiringParameter, checked", () => {
  it("has nothing wrong, and gets its defaults", () => {
    assert.deepEqual(places(wanted), []);
    const least = { name: wanted.name, keyId: wanted.keyId, expires: wanted.expires };
    assert.deepEqual(check(least), { inputs: { ...least, description: "", tags: {} }, problems: [] });
  });

  it("hears everything wrong at once, each with what to do", () => {
    const { problems } = check({
      name: "partner token",
      description: "x".repeat(1025),
      tier: "Standard",
      expires: { never: false, afterDays: 0, warnDays: 1.5, remindDays: 3 },
      tags: { "aws:x": "1", [reservedTags[0] ?? ""]: "true", long: "x".repeat(257) },
    });
    assert.deepEqual(
      problems.map(({ property }) => property),
      [
        "tier",
        "name",
        "description",
        "keyId",
        "expires.afterDays",
        "expires.warnDays",
        "expires.remindDays",
        'tags["aws:x"]',
        'tags["platform:unset"]',
        'tags["long"]',
      ],
    );
  });

  const broken: [what: string, change: Record<string, unknown>, property: string][] = [
    ["a name that is no path", { name: "token" }, "name"],
    ["a name with an empty level", { name: "/orders//token" }, "name"],
    ["a name that begins with aws", { name: "/AWS-orders/prod/token" }, "name"],
    ["a name that begins with ssm", { name: "/ssm/prod/token" }, "name"],
    ["a name of 16 levels", { name: "/a".repeat(16) }, "name"],
    ["a name that is too long", { name: `/${"a".repeat(1011)}` }, "name"],
    ["AWS's own key", { keyId: "alias/aws/ssm" }, "keyId"],
    ["no key", { keyId: "" }, "keyId"],
    ["no expiry", { expires: undefined }, "expires"],
    ["a warning at the end", { expires: { never: false, afterDays: 14, warnDays: 14 } }, "expires.warnDays"],
    ["no reminder", { expires: { never: true } }, "expires.remindDays"],
    [
      "an end of what never ends",
      { expires: { never: true, remindDays: 9, afterDays: 9 } },
      "expires.afterDays",
    ],
    ["tags that are none", { tags: ["a"] }, "tags"],
    [
      "48 tags",
      { tags: Object.fromEntries(Array.from({ length: 48 }, (_, index) => [`t${index}`, ""])) },
      "tags",
    ],
    ["a description that is no text", { description: 1 }, "description"],
  ];
  for (const [what, change, property] of broken)
    it(`refuses ${what}`, () => assert.deepEqual(places({ ...wanted, ...change }), [property]));

  it("lets pass what a preview does not know yet", () => {
    const later = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    assert.deepEqual(
      places({ name: later, description: later, keyId: later, expires: later, tags: later }),
      [],
    );
    assert.deepEqual(places({ ...wanted, expires: { never: later }, tags: { owner: later } }), []);
    assert.deepEqual(places({ ...wanted, expires: { never: false, afterDays: later, warnDays: 14 } }), []);
  });
});
