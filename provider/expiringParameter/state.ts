import type { ObservedParameter } from "../../aws/parameter";
import { expiryDate, observedPolicies } from "../../model/values/parameterPolicies";
import { pendingSettings, type SettingName } from "../../model/values/pendingSettings";
import { createdTag } from "../../model/values/tags";
import type { Session } from "../aws/session";
import type { Properties } from "../protocol/properties";
import type { ParameterInputs } from "./inputs";
import type { Tags } from "./parameter";

/** What the engine remembers of a parameter beside its inputs; never its value. */
export interface ParameterOutputs {
  readonly arn: string;
  /** `Advanced`, unless someone made another parameter under the name. */
  readonly tier: string;
  /** When AWS deletes it, in ISO 8601; empty for never. */
  readonly expiresAt: string;
  /** Differs for every parameter made under the same name: whatever hangs on one (a share) is made again with it. */
  readonly incarnation: string;
  /** Settings that wait for the next `platform set`. */
  readonly pendingPolicies: readonly SettingName[];
}

export function parameterArn(partition: string, region: string, account: string, name: string): string {
  return `arn:${partition}:ssm:${region}:${account}:parameter${name}`;
}

/** State of a parameter just made. */
export function createdState(session: Session, inputs: ParameterInputs, now: Date): Properties {
  return stateOf(inputs, {
    arn: parameterArn(session.partition, session.region, session.account, inputs.name),
    tier: "Advanced",
    expiresAt: expiryDate(inputs.expires, now)?.toISOString() ?? "",
    incarnation: now.toISOString(),
    pendingPolicies: [],
  });
}

/** State of a parameter that was there. */
export function observedState(
  session: Session,
  inputs: ParameterInputs,
  observed: ObservedParameter,
  tags: Tags,
): Properties {
  const { expiresAt } = observedPolicies(observed.policies);
  return stateOf(inputs, {
    arn: parameterArn(session.partition, session.region, session.account, inputs.name),
    tier: observed.tier ?? "",
    expiresAt: expiresAt === undefined ? "" : new Date(expiresAt).toISOString(),
    incarnation: tags[createdTag] ?? "",
    pendingPolicies: pendingSettings(inputs, observed),
  });
}

/** What still waits, as the state remembers it. */
export function rememberedPending(state: Properties): readonly SettingName[] {
  return Array.isArray(state.pendingPolicies) ? (state.pendingPolicies as SettingName[]) : [];
}

/** The date of deletion, as the state remembers it: ISO 8601, or empty for never. */
export function rememberedExpiry(state: Properties): string {
  return typeof state.expiresAt === "string" ? state.expiresAt : "";
}

function stateOf(inputs: ParameterInputs, outputs: ParameterOutputs): Properties {
  return { ...inputs, ...outputs };
}
