import type { Call } from "./call";
import { type Answer, ask, askAll, type ReadPolicy } from "./policies";

/** What one call has to pass, in the order in which a refusal is told. */
export type GateName = "organisation" | "endpoint" | "resource" | "boundary" | "identity";

export interface Gate {
  readonly gate: GateName;
  /** The policies asked; none where nothing is attached. */
  readonly policies: readonly ReadPolicy[];
  readonly answer: Answer;
  /** False where the call stops here. */
  readonly passes: boolean;
}

/** Whose policies a call meets. */
export interface Met {
  readonly controls: readonly (readonly ReadPolicy[])[];
  readonly endpoint: ReadPolicy | undefined;
  /** Of the key, secret or parameter; absent where it has none. */
  readonly resource: ReadPolicy | undefined;
  /** A key's own policy has to allow in its own account too. */
  readonly isKey: boolean;
  readonly boundary: ReadPolicy | undefined;
  readonly identity: readonly ReadPolicy[];
}

export interface CallDecision {
  readonly call: Call;
  readonly allowed: boolean;
  /** Every one, each with its own answer, also behind the one that refuses. */
  readonly gates: readonly Gate[];
}

/**
 * AWS's evaluation: one Deny anywhere refuses. Else, within an account, either the resource's policy or the role's own has
 * to allow; between accounts both have to. The organisation's policies, the endpoint's and the boundary only limit. A key
 * is open to policies of its own account only where its policy says so.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export function decideCall(call: Call, met: Met): CallDecision {
  const abroad = call.by.account !== call.owner.account;
  const gates: Gate[] = [];
  const gate = (name: GateName, policies: readonly ReadPolicy[], answer: Answer, opens: boolean) => {
    gates.push({ gate: name, policies, answer, passes: opens && answer.effect !== "deny" });
  };
  for (const level of met.controls) {
    const answer = askAll(level, call);
    gate("organisation", level, answer, answer.effect === "allow");
  }
  if (met.endpoint !== undefined) {
    const answer = ask(met.endpoint, call);
    gate("endpoint", [met.endpoint], answer, answer.effect === "allow");
  }
  const resource = met.resource === undefined ? nothing : ask(met.resource, call);
  const needed = abroad || met.isKey;
  gate(
    "resource",
    met.resource === undefined ? [] : [met.resource],
    resource,
    !needed || resource.effect === "allow",
  );
  // Between accounts a resource's policy never stands for the role's own.
  const direct = abroad || resource.effect !== "allow" ? "account" : (resource.meant ?? "account");
  if (met.boundary !== undefined) {
    const answer = ask(met.boundary, call);
    gate("boundary", [met.boundary], answer, answer.effect === "allow" || direct === "everybody");
  }
  const identity = askAll(met.identity, call);
  gate("identity", met.identity, identity, identity.effect === "allow" || direct !== "account");
  return { call, allowed: gates.every(({ passes }) => passes), gates };
}

const nothing: Answer = { effect: "silent", statements: [] };

/** The first gate that refuses: one that denies before those that only do not allow. */
export function refusal({ gates }: CallDecision): Gate | undefined {
  return gates.find(({ answer }) => answer.effect === "deny") ?? gates.find(({ passes }) => !passes);
}
