import { accountPlace } from "../../../../model/documents/accountHoldings";
import { boundaryPolicy } from "../../../../model/documents/boundaryPolicy";
import { consumerPolicy } from "../../../../model/documents/consumerPolicy";
import { endpointPolicy } from "../../../../model/documents/endpointPolicy";
import { environmentKeyPolicy } from "../../../../model/documents/environmentKeyPolicy";
import { eventRulesPolicy, eventRulesTrust } from "../../../../model/documents/eventRulesPolicy";
import { topicPolicy } from "../../../../model/documents/topicPolicy";
import { trailRolePolicy, trailRoleTrust } from "../../../../model/documents/trailRolePolicy";
import { logArchiveBucketPolicy, logArchiveKeyPolicy } from "../../../../model/documents/logArchivePolicies";
import { operationsKeyPolicy } from "../../../../model/documents/operationsKeyPolicy";
import { organisationPolicy } from "../../../../model/documents/organisationPolicy";
import {
  auditorsPolicy,
  breakGlassPolicy,
  developersPolicy,
  writersPolicy,
} from "../../../../model/documents/peoplePolicies";
import type { PolicyDocument } from "../../../../model/documents/policy";
import { rotatorPolicy } from "../../../../model/documents/rotatorPolicy";
import { storageEndpointPolicy } from "../../../../model/documents/storageEndpointPolicy";
import { secretPolicy } from "../../../../model/documents/secretPolicy";
import { breakGlassTrust, consumerTrust, peopleTrust } from "../../../../model/documents/trustPolicies";
import type { Plan } from "../../../../model/plan/types";
import { keyArn } from "./access";
import type { DocumentKind } from "./forbidden";
import { rolesOf } from "./grants";

export interface NamedDocument {
  readonly name: string;
  readonly kind: DocumentKind | "organisation";
  /** Account of what it belongs to. */
  readonly account: string;
  readonly document: PolicyDocument;
}

/** Every document that follows from a Plan, by the functions that make them. */
export function documentsOf(plan: Plan): readonly NamedDocument[] {
  return [...consumers(plan), ...values(plan), ...accounts(plan)].flatMap(({ document, ...rest }) =>
    document === undefined ? [] : [{ document, ...rest }],
  );
}

const logArchive = { lockDays: 1, keepDays: 2, queries: { scanLimitGigabytes: 1 } };

type Candidate = Omit<NamedDocument, "document"> & { readonly document: PolicyDocument | undefined };

function consumers(plan: Plan): readonly Candidate[] {
  const policies = plan.consumers.flatMap((consumer) =>
    [consumer.role, ...(consumer.executionRole ? [consumer.executionRole] : [])].map((role): Candidate => {
      const document = consumerPolicy(plan, consumer, role, keyArn);
      return { name: `policy of ${role.name}`, kind: "identity", account: role.account, document };
    }),
  );
  const trusts = rolesOf(plan).map((role): Candidate => {
    const document = consumerTrust(role, accountPlace(plan.organisation, role.account));
    return { name: `trust of ${role.name}`, kind: "trust", account: role.account, document };
  });
  const boundaries = plan.environments.map((environment): Candidate => {
    const { account } = environment.workload;
    const document = boundaryPolicy(plan, environment);
    return { name: `boundary of ${environment.name}`, kind: "identity", account, document };
  });
  return [...policies, ...trusts, ...boundaries];
}

function values(plan: Plan): readonly Candidate[] {
  const { region } = plan.organisation;
  return [
    ...plan.secrets.map((secret): Candidate => {
      const document = secretPolicy(plan, secret);
      return { name: `policy of ${secret.name}`, kind: "resource", account: secret.account, document };
    }),
    ...plan.keys.flatMap((key) =>
      [region, ...key.replicaRegions].map((at): Candidate => {
        const document = environmentKeyPolicy(plan, key, at);
        return { name: `policy of ${key.id} in ${at}`, kind: "resource", account: key.account, document };
      }),
    ),
    ...plan.rotators.flatMap((rotator): Candidate[] =>
      rotator.hosted === "aws"
        ? []
        : [
            {
              name: `policy of ${rotator.functionName}`,
              kind: "identity",
              account: rotator.account,
              document: rotatorPolicy(plan, rotator),
            },
          ],
    ),
  ];
}

function accounts(plan: Plan): readonly Candidate[] {
  const { organisation } = plan;
  const { principals } = organisation;
  const organisations: Candidate = {
    name: "the organisation's policy",
    kind: "organisation",
    account: "",
    document: organisationPolicy(organisation),
  };
  const each = organisation.stacks.flatMap(({ account }): Candidate[] => {
    const place = accountPlace(organisation, account);
    const identity = (name: string, document: PolicyDocument | undefined): Candidate => ({
      name: `policy of ${name} in ${account}`,
      kind: "identity",
      account,
      document,
    });
    const trust = (name: string, document: PolicyDocument): Candidate => ({
      name: `trust of ${name} in ${account}`,
      kind: "trust",
      account,
      document,
    });
    const resource = (name: string, document: PolicyDocument): Candidate => ({
      name: `policy of ${name} in ${account}`,
      kind: "resource",
      account,
      document,
    });
    return [
      identity("writers", writersPolicy(plan, account)),
      identity("developers", developersPolicy(plan, account)),
      identity("auditors", auditorsPolicy(plan, account)),
      identity("break-glass", breakGlassPolicy(plan, account)),
      trust("writers", peopleTrust(place, principals.writers)),
      trust("developers", peopleTrust(place, principals.developers)),
      trust("auditors", peopleTrust(place, principals.auditors)),
      trust("break-glass", breakGlassTrust(place, principals.breakGlass)),
      trust("break-glass by IAM", breakGlassTrust(place, { ...principals.breakGlass, mfa: "iam" })),
      identity("event notices", eventRulesPolicy(organisation, account)),
      trust("event notices", eventRulesTrust(organisation, account)),
      identity("trail", trailRolePolicy(organisation, account)),
      trust("trail", trailRoleTrust()),
      resource("notices topic", topicPolicy(organisation, account)),
      resource("operations key", operationsKeyPolicy(organisation, account)),
      resource("endpoint", endpointPolicy(organisation.id, place, "secretsmanager")),
      {
        name: `policy of the way to S3 in ${account}`,
        kind: "gateway",
        account,
        document: storageEndpointPolicy(organisation.id, place),
      },
      resource("archive", logArchiveBucketPolicy(organisation, "secrets-platform-trails-0a1b2c3d")),
      resource("archive's key", logArchiveKeyPolicy(organisation, { account, logArchive })),
    ];
  });
  return [organisations, ...each];
}

/** All faults of all documents; the organisation's policy only denies. */
export function documentFaults(
  plan: Plan,
  judge: (document: PolicyDocument, kind: DocumentKind, account: string) => readonly string[],
): string[] {
  return documentsOf(plan).flatMap(({ name, kind, account, document }) =>
    judge(document, kind === "organisation" ? "resource" : kind, account).map((fault) => `${name}, ${fault}`),
  );
}
