import assert from "node:assert/strict";
import fc from "fast-check";
import { Access, type AccessRequest } from "../../../model/access/access";
import type { AccessDocuments, NamedPolicy } from "../../../model/access/input";
import type { Request } from "../documents/support/evaluator";
import {
  alias,
  keyId,
  organisations,
  prod,
  type RandomCase,
  randomCase,
  rotator,
  security,
  type Statement,
  stranger,
} from "./support/randomCases";
import { referenceAllows } from "./support/reference";

const cases = 20_000;

describe("the evaluator", function () {
  this.timeout(900_000);

  it(`decides ${cases} random cases of the dialect as a reading of its own does`, () => {
    const seen = new Map<string, number>();
    const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
    fc.assert(
      fc.property(randomCase, (one) => {
        const decision = new Access(documentsOf(one)).decide(requestOf(one));
        assert.equal(decision.allowed, expected(one));
        count(decision.allowed ? "allowed" : "refused");
        const refusing = decision.gates.filter(({ passes }) => !passes);
        if (refusing.length === 1) count(`${refusing[0]!.gate} alone, ${refusing[0]!.answer.effect}`);
        if (decision.allowed && one.account !== one.owner) count("allowed between accounts");
      }),
      { numRuns: cases, seed: 14 },
    );
    // That each gate decides by itself, by a Deny and by silence, else the comparison would show little.
    const gates = ["organisation", "endpoint", "resource", "boundary", "identity"];
    const kinds = [
      "allowed",
      "allowed between accounts",
      "refused",
      ...gates.flatMap((gate) => [`${gate} alone, deny`, `${gate} alone, silent`]),
    ];
    const rare = kinds.filter((kind) => (seen.get(kind) ?? 0) < cases / 500);
    assert.deepEqual(rare, [], JSON.stringify([...seen]));
  });
});

function policy(name: string, statements: readonly Statement[]): NamedPolicy {
  return { name, document: text(statements) };
}

function text(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

function arns({ account, role, kind, region, owner, keyOwner, name }: RandomCase) {
  return {
    principal: `arn:aws:iam::${account}:role/${role}`,
    key: `arn:aws:kms:${region}:${keyOwner}:key/${keyId}`,
    item:
      kind === "secret"
        ? `arn:aws:secretsmanager:${region}:${owner}:secret:${name}`
        : `arn:aws:ssm:${region}:${owner}:parameter${name}`,
  };
}

function documentsOf(one: RandomCase): AccessDocuments {
  const { principal, key, item } = arns(one);
  const { identity, boundary, controls, resource } = one;
  return {
    accounts: [security, prod, stranger].map((account) => ({
      account,
      ...(organisations[account] !== undefined && { organisation: organisations[account] }),
      ...(account === one.account &&
        controls && { controls: controls.map((level) => level.map((each) => policy("control", each))) }),
    })),
    principals: [
      {
        arn: principal,
        policies: identity.map((statements) => policy("identity", statements)),
        ...(boundary && { boundary: policy("boundary", boundary) }),
      },
    ],
    items: [
      one.kind === "secret"
        ? {
            kind: "secret",
            arn: item,
            key,
            ...(resource && { policy: policy("resource", resource) }),
            ...(one.rotated && { rotationFunction: rotator }),
          }
        : {
            kind: "parameter",
            arn: item,
            type: "SecureString",
            key,
            shares: one.shares.map((share, at) => ({ ...share, name: `share ${at}` })),
          },
    ],
    keys: [{ arn: key, aliases: [alias], policy: policy("key", one.key) }],
    endpoints: [
      {
        id: "vpce-1",
        account: one.account,
        service: serviceOf(one),
        policy: policy("endpoint", one.endpointPolicy),
      },
    ],
  };
}

function serviceOf({ action }: RandomCase) {
  return action.split(":")[0] as "kms" | "secretsmanager" | "ssm";
}

/** What a service calls for a role goes through no endpoint of the role's. */
function throughEndpoint({ endpoint, action, way }: RandomCase): boolean {
  return endpoint && (action !== "kms:Decrypt" || way === "directly");
}

function requestOf(one: RandomCase): AccessRequest {
  const { principal, item } = arns(one);
  return {
    principal,
    item,
    action: one.action as AccessRequest["action"],
    way: one.way,
    ...(throughEndpoint(one) && { endpoint: "vpce-1" }),
  };
}

/** By the tests' own evaluator; of several paths to a parameter one is enough. */
function expected(one: RandomCase): boolean {
  const { principal, key, item } = arns(one);
  const decrypts = one.action === "kms:Decrypt";
  const owner = decrypts ? one.keyOwner : one.owner;
  const service = one.kind === "secret" ? "secretsmanager" : "ssm";
  const via =
    decrypts && one.way === "through the service" ? `${service}.${one.region}.amazonaws.com` : undefined;
  const context: Request["context"] = {
    "aws:ResourceAccount": owner,
    "aws:ResourceOrgID": organisations[owner] ?? [],
    "aws:RequestedRegion": one.region,
    "aws:SecureTransport": "true",
    "aws:ViaAWSService": String(via !== undefined),
    ...(via !== undefined && { "kms:ViaService": via }),
    ...(decrypts && {
      "kms:CallerAccount": one.account,
      "kms:ResourceAliases": [alias],
      ...(one.kind === "secret"
        ? {
            "kms:EncryptionContext:SecretARN": item,
            "kms:EncryptionContextKeys": ["SecretARN", "SecretVersionId"],
          }
        : { "kms:EncryptionContext:PARAMETER_ARN": item, "kms:EncryptionContextKeys": ["PARAMETER_ARN"] }),
    }),
    ...(!decrypts && one.kind === "secret" && { "secretsmanager:SecretId": item }),
    ...(!decrypts &&
      one.kind === "secret" &&
      one.rotated && { "secretsmanager:resource/AllowRotationLambdaArn": rotator }),
  };
  const caller = { arn: principal, account: one.account, organisation: organisations[one.account] ?? "" };
  const resource = decrypts ? one.key : one.kind === "secret" ? one.resource : sharesOf(one, item);
  const resources = one.action === "ssm:GetParametersByPath" ? paths(one) : [decrypts ? key : item];
  return resources.some((named) =>
    referenceAllows({
      request: { caller, action: one.action, resource: named, context },
      owner,
      isKey: decrypts,
      identity: one.identity.map(text),
      ...(one.boundary && { boundary: text(one.boundary) }),
      ...(one.controls && { controls: one.controls.map((level) => level.map(text)) }),
      ...(resource && { resource: text(resource) }),
      ...(throughEndpoint(one) && { endpoint: text(one.endpointPolicy) }),
    }),
  );
}

function paths({ region, owner, name }: RandomCase): readonly string[] {
  const above: string[] = [];
  for (let path = name; path !== ""; path = path.slice(0, -1)) if (path.endsWith("/")) above.push(path);
  return above.flatMap((path) =>
    [path, path.slice(0, -1)].map(
      (one) => `arn:aws:ssm:${region}:${owner}:parameter${one === "" ? "/" : one}`,
    ),
  );
}

function sharesOf({ shares, owner }: RandomCase, item: string): readonly Statement[] | undefined {
  if (shares.length === 0) return undefined;
  return shares.map(({ accounts, external, permission }) => ({
    Effect: "Allow",
    Principal: { AWS: accounts },
    Action: [
      "ssm:GetParameter",
      "ssm:GetParameters",
      ...(permission === "read" ? [] : ["ssm:GetParameterHistory"]),
    ],
    Resource: item,
    ...(!external && {
      Condition: { StringEquals: { "aws:PrincipalOrgID": organisations[owner] ?? "none" } },
    }),
  }));
}
