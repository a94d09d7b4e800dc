import type {
  Consumer,
  EcsConsumerSettings,
  ItemReference,
  Secret,
  Service,
} from "../../../../model/catalogue/types";
import { boundaryPolicy } from "../../../../model/documents/boundaryPolicy";
import { consumerPolicy } from "../../../../model/documents/consumerPolicy";
import { environmentKeyPolicy } from "../../../../model/documents/environmentKeyPolicy";
import { writersPolicy } from "../../../../model/documents/peoplePolicies";
import type { PolicyDocument } from "../../../../model/documents/policy";
import { rotatorPolicy } from "../../../../model/documents/rotatorPolicy";
import { rolloutPolicy } from "../../../../model/documents/rolloutPolicies";
import { secretPolicy } from "../../../../model/documents/secretPolicy";
import { policyLimits } from "../../../../model/aws/quotas";
import { peopleTrust } from "../../../../model/documents/trustPolicies";
import type { Organisation } from "../../../../model/organisation/types";
import { buildPlan } from "../../../../model/plan/build";
import { rolloutsIn } from "../../../../model/plan/rollouts";
import type { Plan, PlatformRotatorPlan } from "../../../../model/plan/types";
import {
  catalogue,
  ecs,
  everyMonth,
  lambda,
  ownRotation,
  plainText,
  reads,
  secret,
  secureString,
  service,
} from "../../plan/support/catalogues";
import { organisation } from "../../plan/support/organisations";
import { keyArn } from "./access";

/**
 * Plans that hold one document of exactly as many characters as is asked for: a name in it, which stands there once, is
 * lengthened.
 */

export interface FullDocument {
  readonly limit: number;
  /** A plan that holds it, longer by as many characters. */
  readonly plan: (padding: number) => Plan;
  /** How much longer the document is by each; 1 unless given. */
  readonly step?: number;
  readonly document: (plan: Plan) => PolicyDocument;
}

/** 90 consumers read it, and a function of the team's own rotates it, whose role is what is lengthened. */
export const sharedSecret: FullDocument = {
  limit: policyLimits.secret,
  plan: (padding) =>
    planOf(
      service("orders", {
        secrets: [secret("shared", { rotation: ownRotation(long("rotator", padding)) })],
        consumers: readers(90, reads("orders", "shared")),
      }),
    ),
  document: (plan) => secretPolicy(plan, plan.secrets[0]!),
};

/** Its SecureStrings lie in the security account, where the key's policy names each reader. */
function central(name: string, count: number, rest: Partial<Service> = {}): Service {
  return service(name, {
    parameters: [secureString("token")],
    consumers: readers(count, reads(name, "token")),
    ...rest,
  });
}

function rotatedSecret(padding: number, rest: Partial<Secret> = {}): Secret {
  return secret("shared", { rotation: ownRotation(long("rotator", padding)), ...rest });
}

export const sharedKey: FullDocument = {
  limit: policyLimits.key,
  plan: (padding) =>
    planOf(central("orders", 30, { secrets: [rotatedSecret(padding)] }), central("payments", 290)),
  document: (plan) => keyPolicy(plan, "alias/prod/configuration"),
};

export const ownKey: FullDocument = {
  limit: policyLimits.key,
  plan: (padding) => planOf(central("payments", 320, { ownKey: true, secrets: [rotatedSecret(padding)] })),
  document: (plan) => keyPolicy(plan, "alias/prod/payments"),
};

export const copiesKey: FullDocument = {
  limit: policyLimits.key,
  plan: (padding) =>
    planOf(central("payments", 320, { secrets: [rotatedSecret(padding, { replicas: ["eu-central-1"] })] })),
  document: (plan) => keyPolicy(plan, "alias/prod/configuration", "eu-central-1"),
};

function keyPolicy(plan: Plan, alias: string, region = "eu-west-1"): PolicyDocument {
  const key = plan.keys.find((candidate) => candidate.home === "security" && candidate.alias === alias);
  return environmentKeyPolicy(plan, key!, region);
}

/** A consumer of 120 parameters, the first of which has the name that is lengthened. */
export const role: FullDocument = {
  limit: policyLimits.role,
  plan: (padding) => {
    const names = numbered(120).map((number) =>
      number === "00" ? long("p", padding) : `parameter-${number}`,
    );
    const items = names.map((name) => reads("orders", name));
    return planOf(
      service("orders", {
        parameters: names.map((name) => plainText(name)),
        consumers: [lambda("api", items)],
      }),
    );
  },
  document: (plan) => consumerPolicy(plan, plan.consumers[0]!, plan.consumers[0]!.role, keyArn)!,
};

export const boundary: FullDocument = {
  limit: policyLimits.boundary,
  plan: (padding) =>
    buildPlan(
      catalogue(),
      organisation({
        boundary: [{ actions: ["s3:PutObject"], resources: [`arn:aws:s3:::${long("bucket", padding)}/*`] }],
      }),
    ),
  document: (plan) =>
    boundaryPolicy(
      plan,
      plan.environments.find(({ name }) => name === "prod")!,
    ),
};

/** The trust of one of the roles for people. */
function trust(padding: number): Organisation {
  const whole = organisation();
  return {
    ...whole,
    principals: { ...whole.principals, auditors: { trusted: [long("teams/auditor", padding)] } },
  };
}

export const peoplesTrust: FullDocument = {
  limit: policyLimits.trust,
  plan: (padding) => buildPlan(catalogue(), trust(padding)),
  document: ({ organisation: { principals, ...whole } }) =>
    peopleTrust({ ...whole, account: "111111111111" }, principals.auditors),
};

/** Services with keys of their own, all of which writers may use. */
export const peoplesPolicy: FullDocument = {
  limit: policyLimits.role,
  step: 2,
  plan: (padding) =>
    planOf(
      ...numbered(131).map((number) =>
        service(number === "00" ? long("payments", padding) : `payments-${number}`, {
          ownKey: true,
          secrets: [secret("signing-key")],
        }),
      ),
    ),
  document: (plan) => writersPolicy(plan, "111111111111")!,
};

/** Logins of PostgreSQL that this platform's function rotates, each with an administrator of its own. */
export const rotator: FullDocument = {
  limit: policyLimits.role,
  plan: (padding) =>
    planOf(
      service("orders", {
        secrets: numbered(90).flatMap((number) => {
          const admin = number === "00" ? long("admin", padding) : `admin-${number}`;
          return [login(`login-${number}`, admin), login(admin)];
        }),
      }),
    ),
  document: (plan) => rotatorPolicy(plan, plan.rotators[0] as PlatformRotatorPlan),
};

const signingKeys = ["0", "1"].map((last) => secret(`signing-key-${last}`));

/** ECS services to redeploy, one of which has the name that is lengthened, behind consumers that are none of them. */
export const rollouts: FullDocument = {
  limit: policyLimits.role,
  plan: (padding) =>
    planOf(
      service("archive", {
        environments: ["staging"],
        secrets: signingKeys,
        consumers: [deployed("99", 0, "archive")],
      }),
      service("orders", {
        secrets: signingKeys,
        consumers: [
          lambda("api", []),
          ecs("never-anew", []),
          ...numbered(160).map((number) => deployed(number, number === "00" ? padding : 0)),
        ],
      }),
    ),
  document: (plan) =>
    rolloutPolicy(
      { partition: "aws", region: "eu-west-1", account: "333333333333" },
      rolloutsIn(plan, "prod").flatMap(({ services }) => services),
    ),
};

function deployed(number: string, padding: number, owner = "orders"): EcsConsumerSettings {
  const reference = reads(owner, `signing-key-${Number(number) % 2}`);
  return {
    ...ecs(`web-${number}`, [], [{ variable: "KEY", reference }]),
    rollout: { cluster: "main", service: long(`web-${number}`, padding) },
  };
}

function login(name: string, admin?: string): Secret {
  const database = { host: "db.example.com", port: 5432, name: "orders", username: "orders" };
  return secret(name, {
    rotation: {
      method: "database",
      engine: "postgres",
      strategy: admin === undefined ? "single-user" : "alternating-users",
      hosted: "platform",
      schedule: everyMonth,
      ...(admin !== undefined && { admin: { service: "orders", item: admin } }),
    },
    database: { prod: database },
  });
}

function readers(count: number, item: ItemReference): readonly Consumer[] {
  return numbered(count).map((number) => lambda(`reader-${number}`, [item]));
}

function numbered(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => String(index).padStart(2, "0"));
}

function long(name: string, padding: number): string {
  return name + "x".repeat(padding);
}

function planOf(...services: readonly Service[]): Plan {
  return buildPlan(catalogue(...services), organisation());
}
