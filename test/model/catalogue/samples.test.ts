import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { loadCatalogue } from "../../../model/catalogue/load";
import { consumer, consumerKinds, keysByKind } from "../../../model/catalogue/schema/consumer";
import { parameter, parameterTypes } from "../../../model/catalogue/schema/parameter";
import { rotation } from "../../../model/catalogue/schema/rotation";
import { secret } from "../../../model/catalogue/schema/secret";
import { service } from "../../../model/catalogue/schema/service";
import { organisationFiles, organisationRoot } from "../../support/organisation";
import { lines, surroundings } from "./support";

const folder = join(organisationFiles, "services");
const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
const texts = files.map((name) => readFileSync(join(folder, name), "utf8"));

/** A map of a manifest; what stands at its ends is compared as text. */
interface Loose {
  readonly [key: string]: Loose;
}
const manifests = texts.map((text) => parse(text) as Loose);
const secrets = manifests.flatMap((manifest) => Object.values(manifest["secrets"] ?? {}));
const parameters = manifests.flatMap((manifest) => Object.values(manifest["parameters"] ?? {}));
const consumers = manifests.flatMap((manifest) => Object.values(manifest["consumers"] ?? {}));

function textOf(node: Loose | string | undefined): string {
  return typeof node === "string" ? node : (JSON.stringify(node) ?? "undefined");
}

function keysOf(maps: readonly object[]): ReadonlySet<string> {
  return new Set(maps.flatMap((map) => Object.keys(map)));
}

function assertAllUsed(expected: readonly string[], used: ReadonlySet<string>, where: string): void {
  assert.deepEqual(
    expected.filter((key) => !used.has(key)),
    [],
    `no sample uses these of ${where}`,
  );
}

/** Keys of rotations at partners, which the organisation has none of: manifests that tests make up have them. */
const ofPartners = ["type", "metadata"];

describe("the services of the tests' own organisation", () => {
  it("load without a problem", () => {
    assert.deepEqual(lines(loadCatalogue({ ...surroundings, root: organisationRoot })), []);
    assert.equal(files.length, 5);
  });

  it("begin with the line that tells editors of the schema", () => {
    for (const text of texts) assert.match(text, /^# yaml-language-server: \$schema=service\.schema\.json\n/);
  });

  it("use every key of a manifest between them", () => {
    assertAllUsed(
      [...Object.keys(service.shape)].filter((key) => key !== "retire"),
      keysOf(manifests),
      "a manifest",
    );
    assertAllUsed(
      Object.keys(secret.shape).filter((key) => key !== "retire"),
      keysOf(secrets),
      "secrets",
    );
    const rotations = secrets.map((each) => each["rotation"]!);
    assertAllUsed(
      rotation.options
        .flatMap((option) => Object.keys(option.shape))
        .filter((key) => !ofPartners.includes(key)),
      keysOf(rotations),
      "rotations",
    );
    for (const type of parameterTypes) {
      const option = parameter.options.find(({ shape }) => shape.type.value === type)!;
      const own = parameters.filter((each) => textOf(each["type"]) === type);
      const optional = type === "SecureString" ? ["retire"] : ["retire", "tier", "shareWith", "public"];
      assertAllUsed(
        Object.keys(option.shape).filter((key) => !optional.includes(key)),
        keysOf(own),
        type,
      );
    }
    assertAllUsed(["retire", "tier", "shareWith"], keysOf(parameters), "parameters");
    for (const kind of consumerKinds) {
      const own = consumers.filter((each) => textOf(each["kind"]) === kind);
      // Few images lie in a registry that asks for a login of its own; property tests draw those.
      const asked = keysByKind[kind].filter((key) => key !== "repositoryCredentials");
      assertAllUsed(asked, keysOf(own), `${kind} consumers`);
    }
    assert.equal(consumer.options.length, consumerKinds.length);
  });

  it("use every family of rotation", () => {
    const methods = secrets.map((each) => textOf(each["rotation"]!["method"]));
    for (const family of [
      "generated",
      "rds-managed",
      "function",
      "postgres-single-user",
      "postgres-alternating-users",
    ]) {
      assert.ok(methods.includes(family), family);
    }
    assert.ok(
      methods.some((method) => /^(?:mysql|mariadb|documentdb|redshift|oracle|sqlserver)-/.test(method)),
    );
    const generated = secrets.filter((each) => textOf(each["rotation"]!["method"]) === "generated");
    assert.ok(generated.some((each) => "fields" in each) && generated.some((each) => !("fields" in each)));
    const schedules = secrets.map((each) => textOf(each["rotation"]!["schedule"]));
    assert.ok(
      schedules.some((text) => text.startsWith("cron(")) &&
        schedules.some((text) => text.startsWith("rate(")),
    );
  });

  it("have a service in prod only, and one that reads and one that injects what another shares", () => {
    assert.ok(manifests.some((manifest) => textOf(manifest["environments"]) === '["prod"]'));
    assert.ok(consumers.some((each) => JSON.stringify(each["reads"] ?? []).includes("/")));
    assert.ok(consumers.some((each) => /\/[a-z-]+\.[a-z]+/.test(JSON.stringify(each["environment"] ?? {}))));
  });

  it("have both ends of a value and both homes of a SecureString", () => {
    const expiries = parameters.map((each) => JSON.stringify(each["expires"] ?? {}));
    assert.ok(
      expiries.some((text) => text.includes("after")) && expiries.some((text) => text.includes("never")),
    );
    const homes = keysOf(parameters.map((each) => ({ [textOf(each["home"])]: true })));
    assertAllUsed(["security", "workload", "undefined"], homes, "home");
  });

  it("have a lambda with code and one without, a build with commands and one with a file", () => {
    const lambdas = consumers.filter((each) => textOf(each["kind"]) === "lambda");
    assert.ok(lambdas.some((each) => "code" in each) && lambdas.some((each) => !("code" in each)));
    const specs = consumers.flatMap((each) => ("buildspec" in each ? [typeof each["buildspec"]] : []));
    assert.ok(specs.includes("string") && specs.includes("object"));
  });
});
