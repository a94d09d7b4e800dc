import { createHash } from "node:crypto";
import { boundaryPolicy } from "../../../../model/documents/boundaryPolicy";
import { consumerPolicy } from "../../../../model/documents/consumerPolicy";
import { environmentKeyPolicy } from "../../../../model/documents/environmentKeyPolicy";
import {
  auditorsPolicy,
  breakGlassPolicy,
  developersPolicy,
  writersPolicy,
} from "../../../../model/documents/peoplePolicies";
import { type PolicyDocument, policyText } from "../../../../model/documents/policy";
import { rotatorPolicy } from "../../../../model/documents/rotatorPolicy";
import { secretPolicy } from "../../../../model/documents/secretPolicy";
import type {
  KeyPlan,
  ParameterPlan,
  Plan,
  ReadableItem,
  RolePlan,
  RotatorPlan,
  SecretPlan,
} from "../../../../model/plan/types";
import { type Caller, decide, decideAll, type Request, type Verdict } from "./evaluator";

/** Somebody who tries: who they are, and what their own policies say. */
export interface Actor extends Caller {
  /** The role's own policies, as AWS gets them. */
  readonly policies: readonly string[];
  readonly boundary?: string;
}

/** What a key is asked for. */
interface KeyUse {
  readonly action: string;
  readonly service: "secretsmanager" | "ssm";
  /** ARN of what is encrypted. */
  readonly item: string;
}

/** The most that any administrator of an account could give a role. */
const everything = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Sid: "All", Effect: "Allow", Action: "*", Resource: "*" }],
});

export type Person = "writers" | "developers" | "auditors" | "breakGlass";

/** What AWS would decide about the Plan's documents. `host` is the domain behind `kms:ViaService`. */
export class Access {
  readonly #texts = new Map<object | string, string>();

  constructor(
    private readonly plan: Plan,
    private readonly domain = "amazonaws.com",
  ) {}

  consumer(role: RolePlan): Actor {
    const consumer = this.plan.consumers.find(
      (candidate) => candidate.role === role || candidate.executionRole === role,
    )!;
    const environment = this.plan.environments.find(({ name }) => name === role.environment)!;
    const policy = consumerPolicy(this.plan, consumer, role, keyArn);
    return {
      ...this.caller(role.account, role.arn),
      policies: policy === undefined ? [] : [policyText(policy)],
      boundary: policyText(boundaryPolicy(this.plan, environment)),
    };
  }

  /** A role of any name whose own policies allow everything, without a boundary. */
  mighty(account: string, nameWithPath: string, organisation = this.plan.organisation.id): Actor {
    const arn = `arn:${this.plan.organisation.partition}:iam::${account}:role/${nameWithPath}`;
    return { arn, account, organisation, policies: [everything] };
  }

  person(person: Person, account: string): Actor {
    const [name, policy] = people[person];
    const document = policy(this.plan, account);
    return {
      ...this.caller(account, this.mighty(account, `platform/${name}`).arn),
      policies: document === undefined ? [] : [policyText(document)],
    };
  }

  /** AWS makes up the end of a hosted application's role, and gives it a policy of its own. */
  rotator(rotator: RotatorPlan): Actor {
    const arn = rotator.role.replace("*", "SecretsManagerRotationRole-1ABCDEFGHIJK");
    const policies =
      rotator.hosted === "aws" ? [everything] : [policyText(rotatorPolicy(this.plan, rotator))];
    return { ...this.caller(rotator.account, arn), policies };
  }

  /** `region` is the item's own, or that of a replica. */
  canRead(actor: Actor, item: ReadableItem, region = this.plan.organisation.region): boolean {
    switch (item.kind) {
      case "secret":
        return this.canUseSecret(actor, item, region, {
          action: "secretsmanager:GetSecretValue",
          keyUses: ["kms:Decrypt"],
        });
      case "managed-secret":
        // The database service's own resource policies play no part here; the key is AWS's, open to the account.
        return (
          actor.account === item.account &&
          allowedByOwn(actor, this.request(actor, "secretsmanager:GetSecretValue", item.arn))
        );
      case "parameter":
        return this.canReadParameter(actor, item);
    }
  }

  /** PutSecretValue makes a data key and reads back what it encrypts. */
  canPut(actor: Actor, item: SecretPlan | ParameterPlan): boolean {
    const { region } = this.plan.organisation;
    if (item.kind === "secret") {
      const uses = ["kms:Decrypt", "kms:GenerateDataKey"];
      return this.canUseSecret(actor, item, region, {
        action: "secretsmanager:PutSecretValue",
        keyUses: uses,
      });
    }
    return (
      actor.account === item.account &&
      allowedByOwn(actor, this.request(actor, "ssm:PutParameter", item.arn)) &&
      (item.key === undefined ||
        this.canUseKey(actor, item.key, region, {
          action: "kms:GenerateDataKey",
          service: "ssm",
          item: item.arn,
        }))
    );
  }

  canReadParameter(actor: Actor, parameter: ParameterPlan): boolean {
    const { name, account, key, readers } = parameter;
    const sharedWith = new Set(readers.map((reader) => reader.account));
    const reached =
      actor.account === account || (parameter.home === "security" && sharedWith.has(actor.account));
    const { region } = this.plan.organisation;
    const arn = `arn:${this.plan.organisation.partition}:ssm:${region}:${account}:parameter${name}`;
    return (
      reached &&
      allowedByOwn(actor, this.request(actor, "ssm:GetParameter", arn)) &&
      (key === undefined ||
        this.canUseKey(actor, key, region, { action: "kms:Decrypt", service: "ssm", item: arn }))
    );
  }

  private canUseSecret(
    actor: Actor,
    secret: SecretPlan,
    region: string,
    { action, keyUses }: { readonly action: string; readonly keyUses: readonly string[] },
  ): boolean {
    const arn = secretArn(this.plan, secret, region);
    const { functionArn } = secret.rotation;
    const context =
      functionArn === undefined ? {} : { "secretsmanager:resource/AllowRotationLambdaArn": functionArn };
    const request = this.request(actor, action, arn, context);
    const resource = this.secretVerdict(actor, secret, request);
    const opened = actor.account === secret.account ? resource !== "deny" : resource === "allow";
    return (
      opened &&
      allowedByOwn(actor, request) &&
      keyUses.every((use) =>
        this.canUseKey(actor, secret.key, region, { action: use, service: "secretsmanager", item: arn }),
      )
    );
  }

  /** What the secret's own policy says; of reading it unless another request is given. */
  secretVerdict(actor: Actor, secret: SecretPlan, request?: Request): Verdict {
    const reading = this.request(actor, "secretsmanager:GetSecretValue", secretArn(this.plan, secret));
    const policy = this.text(secret, () => secretPolicy(this.plan, secret));
    return decide(policy, request ?? reading);
  }

  canUseKey(actor: Actor, key: KeyPlan, region: string, { action, service, item }: KeyUse): boolean {
    const contextKey = service === "ssm" ? "PARAMETER_ARN" : "SecretARN";
    const request = this.request(actor, action, keyArn(key, region), {
      "kms:ViaService": `${service}.${region}.${this.domain}`,
      [`kms:EncryptionContext:${contextKey}`]: item,
      "kms:ResourceAliases": [key.alias],
    });
    const policy = this.text(`${key.id}@${region}`, () => environmentKeyPolicy(this.plan, key, region));
    return decide(policy, request) === "allow" && allowedByOwn(actor, request);
  }

  private request(
    caller: Caller,
    action: string,
    resource: string,
    context: Request["context"] = {},
  ): Request {
    return { caller, action, resource, context };
  }

  private caller(account: string, arn: string): Caller {
    return { account, arn, organisation: this.plan.organisation.id };
  }

  private text(of: object | string, make: () => PolicyDocument): string {
    const made = this.#texts.get(of) ?? policyText(make());
    this.#texts.set(of, made);
    return made;
  }
}

/** By the role's own policies, within its boundary. */
export function allowedByOwn({ policies, boundary }: Actor, request: Request): boolean {
  return (
    decideAll(policies, request) === "allow" &&
    (boundary === undefined || decide(boundary, request) === "allow")
  );
}

/** A key's ARN as AWS could make it up: different for every key and region. */
export function keyArn(key: KeyPlan, region: string): string {
  const hex = createHash("sha256").update(`${key.id}@${region}`).digest("hex");
  const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)];
  return `arn:${partitionOf(region)}:kms:${region}:${key.account}:key/${id.join("-")}`;
}

/** With six characters at its end, as AWS makes them up. */
export function secretArn({ organisation }: Plan, secret: SecretPlan, region = organisation.region): string {
  return `arn:${organisation.partition}:secretsmanager:${region}:${secret.account}:secret:${secret.name}-a1B2c3`;
}

function partitionOf(region: string): string {
  return region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

const people: Readonly<
  Record<Person, readonly [string, (plan: Plan, account: string) => PolicyDocument | undefined]>
> = {
  writers: ["secrets-writers", writersPolicy],
  developers: ["secrets-developers", developersPolicy],
  auditors: ["secrets-auditors", auditorsPolicy],
  breakGlass: ["secrets-break-glass", breakGlassPolicy],
};
