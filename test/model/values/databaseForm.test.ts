import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { parse } from "yaml";
import {
  beganWith,
  databaseForm,
  formChanges,
  formAsked,
  formSince,
  formTagValue,
  lacksAsked,
  parseFormTag,
} from "../../../model/values/databaseForm";
import { databaseSecretValue } from "../../../model/values/databaseSecret";
import { formTag, changingTags } from "../../../model/values/tags";
import { checkTags } from "../../../components/argumentRules";

const database = { host: "db.prod.internal", port: 5432, name: "orders", username: "orders" };
const admin = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/prod/database-admin-AbCdEf";

function form(changes: Partial<typeof database> = {}, masterArn?: string) {
  return databaseForm((password) =>
    databaseSecretValue({ engine: "postgres", database: { ...database, ...changes } }, password, masterArn),
  );
}

describe("form of a database secret's value", () => {
  it("is the same for every password, also where a field is made of it", () => {
    const compose = (password: string) => ({
      ...databaseSecretValue({ engine: "postgres", database }, password),
      url: `postgresql://orders:${encodeURIComponent(password)}@db.prod.internal:5432/orders`,
    });
    const seen: string[] = [];
    databaseForm((password) => {
      seen.push(password);
      return compose(password);
    });
    assert.deepEqual(seen, [""]);
    assert.ok(!("password" in databaseForm(compose).fields));
    assert.ok("url" in databaseForm(compose).fields);
  });

  it("names the field that changed, and whether the value lacks it or the manifest", () => {
    const cases = [
      [form(), form({ host: "db-2.prod.internal" }), "host changed"],
      [form(), form({ port: 5433 }), "port changed"],
      [form(), form({ name: "shop" }), "dbname changed"],
      [form(), form({ username: "shop" }), "username changed"],
      [form(), form({}, admin), "masterarn added"],
      [form({}, admin), form(), "masterarn removed"],
      [form({}, admin), form({}, admin.replace("AbCdEf", "GhIjKl")), "masterarn changed"],
      [form({}, admin), form({ host: "x", port: 1 }), "host changed, port changed, masterarn removed"],
    ] as const;
    for (const [stored, wanted, expected] of cases) {
      const changes = formChanges(stored, wanted).map(({ field, change }) => `${field} ${change}`);
      assert.equal(changes.join(", "), expected);
      assert.deepEqual(formChanges(wanted, wanted), []);
    }
  });

  it("does not show which fields are alike", () => {
    const { fields } = form({ name: "orders", username: "orders" });
    assert.notEqual(fields["dbname"], fields["username"]);
  });

  it("survives its tag, which AWS takes", () => {
    fc.assert(
      fc.property(
        fc.record({
          host: fc.string({ minLength: 1, maxLength: 255 }),
          port: fc.integer({ min: 1, max: 65_535 }),
          name: fc.string({ minLength: 1 }),
          username: fc.string({ minLength: 1 }),
        }),
        fc.option(fc.string(), { nil: undefined }),
        fc.option(fc.uuid(), { nil: undefined }),
        fc.option(fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true }), {
          nil: undefined,
        }),
        (changes, masterArn, version, asked) => {
          const made = form(changes, masterArn);
          const since = version === undefined ? made : formSince(made, version);
          const noted = asked === undefined ? since : formAsked(since, asked);
          const tag = formTagValue(noted);
          assert.deepEqual(parseFormTag(tag), noted);
          assert.ok(tag.length <= 200, `${tag.length} characters`);
          assert.match(tag, /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u);
        },
      ),
    );
  });

  it("is unknown without a tag, or with one that somebody else wrote", () => {
    const texts = [
      undefined,
      "",
      "true",
      "host=db.prod.internal",
      "host=1a2b3c4d  port=1a2b3c4d",
      "asked=1a2b-3c4",
    ];
    for (const text of texts) assert.equal(parseFormTag(text), undefined, text);
  });

  it("tells a value that was written before other connection fields were asked for", () => {
    const asked = formAsked(form(), new Date("2027-03-01T12:00:00.700Z"));
    assert.deepEqual(asked.fields, form().fields);
    for (const [rotated, lacks] of [
      [undefined, true],
      [new Date("2027-03-01T11:59:59Z"), true],
      [new Date("2027-03-01T12:00:00Z"), false],
      [new Date("2027-03-02T12:00:00Z"), false],
    ] as const)
      assert.equal(lacksAsked(asked, rotated), lacks, String(rotated));
    assert.ok(!lacksAsked(form(), undefined));
    assert.deepEqual(formChanges(asked, form()), []);
  });

  it("knows the version it came with", () => {
    const version = "1a2b3c4d-1111-2222-3333-444455556666";
    const noted = formSince(form(), version);
    assert.ok(beganWith(noted, version));
    assert.ok(!beganWith(noted, "9a2b3c4d-1111-2222-3333-444455556666"));
    assert.ok(!beganWith(noted, undefined));
    assert.ok(!beganWith(form(), version));
  });
});

describe("tags of the platform", () => {
  it("that change are left alone by the AWS provider, and refused in tags of others", () => {
    const project = parse(readFileSync(join(__dirname, "../../../Pulumi.yaml"), "utf8")) as {
      config: Record<string, { value: { keys: string[] } }>;
    };
    assert.ok(changingTags.includes(formTag));
    assert.deepEqual(project.config["aws:ignoreTags"]?.value.keys.sort(), [...changingTags].sort());
    const tags = {
      service: "orders",
      environment: "prod",
      owner: "team@example.com",
      [formTag]: "x=1a2b3c4d",
    };
    assert.match(checkTags("tags", tags)[0]?.reason ?? "", /platform:form/);
  });
});
