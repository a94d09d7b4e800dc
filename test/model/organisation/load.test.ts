import assert from "node:assert/strict";
import type { Organisation } from "../../../model/organisation/types";
import { formatProblem } from "../../../model/yaml/problem";
import { repository } from "../plan/support/samples";
import { loadOrganisation } from "../../../model/organisation/load";
import { type Files, linesOf, load, replaced, settings } from "./support/folder";

describe("settings without a problem", () => {
  it("become an organisation, with defaults filled in and security stacks first", () => {
    assert.deepEqual(organisationOf(settings), {
      id: "o-exampleorgid",
      partition: "aws",
      region: "eu-west-1",
      stacks: [
        {
          kind: "security",
          name: "security",
          account: "111111111111",
          environments: ["staging", "prod"],
          rotationNetwork: {
            prod: { subnetIds: ["subnet-0a1b2c3d4e5f60001"], securityGroupIds: ["sg-0a1b2c3d4e5f60001"] },
          },
          logArchive: { lockDays: 365, keepDays: 2557 },
        },
        {
          kind: "workload",
          name: "staging",
          account: "222222222222",
          environment: "staging",
          production: false,
          network: { cidr: "10.20.0.0/16", availabilityZones: 2, nat: "none" },
          boundary: [],
        },
        {
          kind: "workload",
          name: "prod",
          account: "333333333333",
          environment: "prod",
          production: true,
          network: { cidr: "10.30.0.0/16", availabilityZones: 3, nat: "per-zone" },
          boundary: [{ actions: ["sqs:SendMessage"], resources: ["arn:aws:sqs:eu-west-1:333333333333:*"] }],
        },
      ],
      principals: {
        deployer: "platform-deployer",
        administrators: ["teams/administrator"],
        writers: { trusted: ["aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Writers_????????????????"] },
        developers: { trusted: ["teams/developer"], environments: ["staging"] },
        auditors: { trusted: ["teams/auditor"] },
        breakGlass: { trusted: ["teams/on-call"], mfa: "iam" },
      },
    } satisfies Organisation);
  });

  it("take the partition from the region", () => {
    for (const [region, partition] of [
      ["cn-north-1", "aws-cn"],
      ["us-gov-east-1", "aws-us-gov"],
      ["us-east-1", "aws"],
    ] as const) {
      const files = Object.fromEntries(
        Object.entries(settings).map(([name, text]) => [name, text.replaceAll("eu-west-1", region)]),
      );
      assert.equal(organisationOf(files).partition, partition);
    }
  });

  it("refuse a region of a partition that nothing here was made for, at each place", () => {
    for (const [region, partition] of [
      ["us-iso-east-1", "aws-iso"],
      ["us-isob-east-1", "aws-iso-b"],
      ["eu-isoe-west-1", "aws-iso-e"],
      ["us-isof-south-1", "aws-iso-f"],
      ["eusc-de-east-1", "aws-eusc"],
    ] as const) {
      const files = Object.fromEntries(
        Object.entries(settings).map(([name, text]) => [name, text.replaceAll("eu-west-1", region)]),
      );
      assert.deepEqual(
        linesOf(files),
        ["prod", "security", "staging"].map(
          (stack) =>
            `Pulumi.${stack}.yaml:2:15 config.aws:region: found "${region}"; it is a region of the partition ${partition}, ` +
            "and the platform supports aws, aws-cn and aws-us-gov alone; choose a region of one of them",
        ),
      );
    }
  });

  it("refuse a region that AWS does not have", () => {
    for (const region of ["eu-wst-1", "xx-west-1", "us-gov-1"]) {
      assert.deepEqual(
        linesOf(replaced("Pulumi.prod.yaml", "aws:region: eu-west-1", `aws:region: ${region}`)),
        [
          `Pulumi.prod.yaml:2:15 config.aws:region: found "${region}"; must be an AWS region, such as \`eu-central-1\`; change it`,
        ],
      );
    }
  });

  it("take a text of the project by itself, as Pulumi does", () => {
    const files = replaced(
      "Pulumi.yaml",
      "organizationId:\n    value: o-exampleorgid",
      "organizationId: o-anotherorgid",
    );
    assert.equal(organisationOf(files).id, "o-anotherorgid");
  });

  it("say how much may run at once, where an account has the quotas for it", () => {
    const { stacks } = organisationOf(
      replaced(
        "Pulumi.prod.yaml",
        "  secrets-platform:production: true",
        "  secrets-platform:production: true\n  secrets-platform:concurrency: { functions: 5, builds: 2 }",
      ),
    );
    assert.deepEqual(
      stacks.map(({ concurrency }) => concurrency),
      [undefined, undefined, { functions: 5, builds: 2 }],
    );
  });

  it("leave settings of other packages alone", () => {
    const stack =
      settings["Pulumi.prod.yaml"] +
      "  aws:defaultTags: { tags: { a: b } }\n  other:setting: 1\nsecretsprovider: awskms://x\n";
    const project = settings["Pulumi.yaml"] + "  aws:maxRetries:\n    value: 3\n";
    assert.equal(
      organisationOf({ ...settings, "Pulumi.yaml": project, "Pulumi.prod.yaml": stack }).stacks.length,
      3,
    );
  });

  it("split the security account by environment", () => {
    const { stacks } = organisationOf({
      ...replaced("Pulumi.security.yaml", "[staging, prod]", "[staging]"),
      "Pulumi.security.yaml": settings["Pulumi.security.yaml"]
        .replace("[staging, prod]", "[staging]")
        .replace(/ {2}secrets-platform:rotationNetwork:\n(?: {4}.*\n)+/, ""),
      "Pulumi.yaml": settings["Pulumi.yaml"].replace(
        '      prod: "',
        '      security-prod: "444444444444"\n      prod: "',
      ),
      "Pulumi.security-prod.yaml":
        "config:\n  aws:region: eu-west-1\n  aws:allowedAccountIds: ['444444444444']\n  secrets-platform:environments: [prod]\n",
    });
    assert.deepEqual(
      stacks.map((stack) => [
        stack.name,
        stack.kind === "security" ? stack.environments.join() : stack.environment,
      ]),
      [
        ["security", "staging"],
        ["security-prod", "prod"],
        ["staging", "staging"],
        ["prod", "prod"],
      ],
    );
  });
});

describe("the settings of the stack that is running", () => {
  it("stand in place of its file's", () => {
    const config = {
      "aws:region": "eu-west-1",
      "secrets-platform:production": "false",
      "secrets-platform:network": '{"cidr":"10.99.0.0/16","availabilityZones":2,"nat":"single"}',
      "secrets-platform:unrelated": "x",
      "secrets-platform:organizationId": "o-otherotherot",
    };
    const { organisation, problems } = load(settings, { stack: "prod", config });
    assert.deepEqual(problems, []);
    const stack = organisation?.stacks.find(({ name }) => name === "prod");
    assert.ok(stack?.kind === "workload");
    assert.deepEqual(
      [stack.production, stack.network.cidr, stack.network.nat],
      [false, "10.99.0.0/16", "single"],
    );
    assert.equal(organisation?.id, "o-exampleorgid");
  });

  it("are checked like a file's", () => {
    const { problems } = load(settings, {
      stack: "prod",
      config: { "aws:allowedAccountIds": '["999999999999"]' },
    });
    assert.deepEqual(problems.map(formatProblem), [
      "Pulumi.prod.yaml:3:3 config.aws:allowedAccountIds: found 999999999999; `accounts` in Pulumi.yaml says 333333333333, and nothing may be deployed elsewhere; correct whichever is wrong",
    ]);
  });

  it("leave other stacks as their files say", () => {
    const { organisation } = load(settings, {
      stack: "staging",
      config: { "secrets-platform:production": "true" },
    });
    assert.deepEqual(
      organisation?.stacks.map((stack) => stack.kind === "workload" && stack.production),
      [false, true, true],
    );
  });
});

describe("the repository's own settings", () => {
  it("are without a problem", () => {
    assert.deepEqual(loadOrganisation({ root: repository }).problems, []);
  });
});

function organisationOf(files: Files): Organisation {
  const { organisation, problems } = load(files);
  assert.deepEqual(problems.map(formatProblem), []);
  assert.ok(organisation);
  return organisation;
}
