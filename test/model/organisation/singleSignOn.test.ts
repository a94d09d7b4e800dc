import assert from "node:assert/strict";
import { linesOf, load, settings, type Files } from "./support/folder";

/** Sixteen: what Identity Center adds behind a permission set's name. */
const end = "????????????????";
const path = "aws-reserved/sso.amazonaws.com/";

const prod = "Pulumi.prod.yaml";

/** Where Pulumi.yaml names roles, with a role of the test's in each. */
const places: readonly (readonly [string, (role: string) => Files])[] = [
  ["deployer", (role) => project("deployer: platform-deployer", `deployer: "${role}"`)],
  ["administrators.0", (role) => project("[teams/administrator]", `["${role}"]`)],
  ["foundation.0", (role) => project("      writers:", `      foundation: ["${role}"]\n      writers:`)],
  ["developers.trusted.0", (role) => project("[teams/developer]", `["${role}"]`)],
  ["auditors.trusted.0", (role) => project("[teams/auditor]", `["${role}"]`)],
  ["breakGlass.trusted.0", (role) => project("[teams/on-call]", `["${role}"]`)],
];

function project(from: string, to: string): Files {
  const text = settings["Pulumi.yaml"];
  assert.equal(text.split(from).length, 2, from);
  return { ...settings, "Pulumi.yaml": text.replace(from, to) };
}

function expecting(role: string): Files {
  return {
    ...settings,
    [prod]: `${settings[prod]}  secrets-platform:alarms: { expectedRoles: ["${role}"] }\n`,
  };
}

const spelt = `write \`"${path}*/AWSReservedSSO_BreakGlass_${end}"\` with its quotes, since AWS ends the name in 16 characters`;
const generic = "name one permission set, with sixteen `?` for what AWS adds behind it";

const wrongEverywhere: readonly (readonly [string, remedy: string])[] = [
  [`${path}*/AWSReservedSSO_BreakGlass_*`, spelt],
  [`${path}AWSReservedSSO_BreakGlass_*`, spelt],
  [`${path}eu-west-1/AWSReservedSSO_BreakGlass_*`, spelt],
  [`${path}*/AWSReservedSSO_BreakGlass*`, spelt],
  [`${path}*/AWSReservedSSO_BreakGlass_???????????????`, spelt],
  [`${path}*/AWSReservedSSO_BreakGlass_?????????????????`, spelt],
  [`${path}*/AWSReservedSSO_BreakGlass_????????????????*`, spelt],
  // By the name alone, no role of Identity Center's is found.
  [`AWSReservedSSO_BreakGlass_${end}`, spelt],
  ["AWSReservedSSO_BreakGlass_0123456789abcdef", spelt],
  [`teams/AWSReservedSSO_BreakGlass_${end}`, spelt],
  // In us-east-1 no region stands in the path.
  [`${path}us-east-1/AWSReservedSSO_BreakGlass_${end}`, spelt],
  [`${path}*/AWSReservedSSO_*_${end}`, generic],
  [`${path}*/AWSReservedSSO_${end}`, generic],
  [`${path}*`, generic],
  [`${path}*/*`, generic],
  [`${path}*/Admin`, generic],
  [`${path}*/AWSReservedSSO_${"a".repeat(33)}_${end}`, generic],
];

describe("single sign-on roles in the settings", () => {
  for (const [place, files] of places) {
    it(`are named by their permission set at principals.${place}`, () => {
      for (const region of ["*/", "", "eu-west-1/", "us-gov-west-1/", "ap-southeast-2/"]) {
        assert.deepEqual(linesOf(files(`${path}${region}AWSReservedSSO_BreakGlass_${end}`)), [], region);
      }
      assert.deepEqual(linesOf(files(`${path}*/AWSReservedSSO_Break+Glass,=.@-_x_${end}`)), []);
      assert.deepEqual(linesOf(files("teams/deputies")), []);
    });

    it(`are refused where other sets would be meant, or none, at principals.${place}`, () => {
      const exact = `${path}eu-west-1/AWSReservedSSO_BreakGlass_0123456789abcdef`;
      for (const [role, remedy] of [...wrongEverywhere, [exact, spelt] as const]) {
        const lines = linesOf(files(role));
        assert.equal(lines.length, 1, `${role}\n${lines.join("\n")}`);
        assert.ok(lines[0]!.includes(`config.principals.${place}: found `), lines[0]);
        assert.ok(lines[0]!.includes("whose `*/` also stands for no region, as in us-east-1; "), lines[0]);
        assert.ok(lines[0]!.includes(remedy), lines[0]);
      }
    });
  }

  it("do not make themselves, in either spelling", () => {
    const [regional, plain] = ["*/", ""].map((region) => `${path}${region}AWSReservedSSO_Deployer_${end}`);
    const text = settings["Pulumi.yaml"].replace(
      "deployer: platform-deployer",
      `deployer: ${regional}\n      foundation: [${plain}]`,
    );
    const lines = linesOf({ ...settings, "Pulumi.yaml": text });
    assert.equal(lines.length, 1);
    assert.match(lines[0]!, /config\.principals\.foundation\.0: .* is the deployer too/);
  });

  it("are named in the same way to alarms, whose account may also know the whole name", () => {
    for (const role of [
      `${path}*/AWSReservedSSO_BreakGlass_${end}`,
      `${path}AWSReservedSSO_BreakGlass_${end}`,
      `${path}eu-west-1/AWSReservedSSO_BreakGlass_0123456789abcdef`,
    ]) {
      const { organisation, problems } = load(expecting(role));
      assert.deepEqual(problems, []);
      const stack = organisation?.stacks.find(({ name }) => name === "prod");
      assert.deepEqual(stack?.alarms?.expectedRoles, [role]);
    }
    for (const [role, remedy] of wrongEverywhere) {
      const lines = linesOf(expecting(role));
      assert.equal(lines.length, 1, `${role}\n${lines.join("\n")}`);
      assert.ok(lines[0]!.includes("config.secrets-platform:alarms.expectedRoles.0: found "), lines[0]);
      assert.ok(lines[0]!.includes(remedy), lines[0]);
    }
  });
});
