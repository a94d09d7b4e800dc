import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadOrganisation, type OrganisationOptions } from "../../../../model/organisation/load";
import { formatProblem } from "../../../../model/yaml/problem";

/** Files of a repository by name; null: not there. */
export type Files = Readonly<Record<string, string | null>>;

/** Settings in which nothing is wrong: one security account, staging and prod. */
export const settings = {
  "Pulumi.yaml": `name: secrets-platform
runtime: nodejs
config:
  organizationId:
    value: o-exampleorgid
  accounts:
    value:
      security: "111111111111"
      staging: "222222222222"
      prod: "333333333333"
  principals:
    value:
      deployer: platform-deployer
      administrators: [teams/administrator]
      writers: { trusted: ["aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Writers_????????????????"] }
      developers: { trusted: [teams/developer], environments: [staging] }
      auditors: { trusted: [teams/auditor] }
      breakGlass:
        trusted: [teams/on-call]
        mfa: iam
`,
  "Pulumi.security.yaml": `config:
  aws:region: eu-west-1
  aws:allowedAccountIds: ["111111111111"]
  secrets-platform:environments: [staging, prod]
  secrets-platform:rotationNetwork:
    prod:
      subnetIds: [subnet-0a1b2c3d4e5f60001]
      securityGroupIds: [sg-0a1b2c3d4e5f60001]
  secrets-platform:logArchive:
    lockDays: 365
    keepDays: 2557
`,
  "Pulumi.staging.yaml": `config:
  aws:region: eu-west-1
  aws:allowedAccountIds: ["222222222222"]
  secrets-platform:environment: staging
  secrets-platform:network: { cidr: 10.20.0.0/16, availabilityZones: 2, nat: none }
`,
  "Pulumi.prod.yaml": `config:
  aws:region: eu-west-1
  aws:allowedAccountIds: ["333333333333"]
  secrets-platform:environment: prod
  secrets-platform:production: true
  secrets-platform:network:
    cidr: 10.30.0.0/16
    availabilityZones: 3
    nat: per-zone
  secrets-platform:boundary:
    - actions: [sqs:SendMessage]
      resources: ["arn:aws:sqs:eu-west-1:333333333333:*"]
`,
} as const satisfies Files;

export type SettingsFileName = keyof typeof settings;

/** The settings with one text of one file replaced; fails where the text does not stand there exactly once. */
export function replaced(file: SettingsFileName, from: string, to: string): Files {
  const parts = settings[file].split(from);
  if (parts.length !== 2) throw new Error(`${file} has "${from}" ${parts.length - 1} times`);
  return { ...settings, [file]: parts.join(to) };
}

let root: string | undefined;

/** One folder for all tests of the process: to make and remove one takes longer than to load what is in it. */
function folder(): string {
  if (root === undefined) {
    root = mkdtempSync(join(tmpdir(), "organisation-"));
    process.once("exit", () => rmSync(folder(), { recursive: true, force: true }));
  }
  return root;
}

/** Loads them from a temporary folder. */
export function load(files: Files, running?: OrganisationOptions["running"]) {
  const own = folder();
  for (const name of readdirSync(own)) rmSync(join(own, name));
  for (const [name, text] of Object.entries(files)) if (text !== null) writeFileSync(join(own, name), text);
  return loadOrganisation({ root: own, ...(running !== undefined && { running }) });
}

/** What is said of them, as people see it. */
export function linesOf(files: Files): string[] {
  const { organisation, problems } = load(files);
  if ((organisation === undefined) !== problems.length > 0)
    throw new Error("problems and an organisation, or neither");
  return problems.map(formatProblem);
}
