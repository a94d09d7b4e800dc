import type { CheckedStacks } from "../../../../../cli/check/check";
import { buildPlan } from "../../../../../model/plan/build";
import type { Plan, ReadableItem } from "../../../../../model/plan/types";
import type { GateWord, ItemGates } from "../../../../../model/proof/gates";
import type { AccessProof } from "../../../../../model/proof/proof";
import {
  catalogue,
  lambda,
  plainText,
  reads,
  secret,
  secureString,
  service,
} from "../../../../model/plan/support/catalogues";
import { organisation } from "../../../../model/plan/support/organisations";

const environments = ["staging", "prod"];

/** A check of so many services, each with four items and two consumers, of which one reads a neighbour's secret. */
export function manyServices(amount: number): CheckedStacks {
  const nameOf = (number: number) => `service-${String(number % amount).padStart(3, "0")}`;
  const services = Array.from({ length: amount }, (_, number) =>
    service(nameOf(number), {
      environments,
      secrets: [
        secret("signing-key", {
          shareWith: [nameOf(number + 1)],
          rotation: {
            method: "generated",
            schedule: { expression: `rate(${(number % 12) + 1} days)`, longestDays: (number % 12) + 1 },
          },
        }),
        secret("session-key"),
      ],
      parameters: [
        secureString("partner-token", {
          expires: { never: false, afterDays: 30 * ((number % 3) + 1), warnDays: 14 },
        }),
        plainText("log-level", `canary-${number}`, environments),
      ],
      consumers: [
        lambda("api", [
          reads(nameOf(number), "signing-key"),
          reads(nameOf(number), "partner-token"),
          reads(nameOf(number + amount - 1), "signing-key"),
        ]),
        lambda("worker", [reads(nameOf(number), "session-key"), reads(nameOf(number), "log-level")]),
      ],
    }),
  );
  const plan = buildPlan(catalogue(...services), organisation());
  const stacks = plan.organisation.stacks.map(({ name, account }) => ({
    stack: name,
    account,
    resources: [],
    outputs: {},
  }));
  return { plan, stacks, findings: [], exemptions: [], notes: [], rules: 71, access: asPlanned(plan) };
}

/** As a proof finds it where documents are as the Plan means them. */
function asPlanned(plan: Plan): AccessProof {
  const items: readonly ReadableItem[] = [...plan.secrets, ...plan.parameters];
  const arnOf = (item: ReadableItem) =>
    item.kind === "secret" ? item.arnPattern.replace("??????", "AbCdEf") : item.arn;
  const grants = items.flatMap((item) =>
    item.readers.map(({ arn }) => ({ principal: arn, item: arnOf(item), actions: [] })),
  );
  const both: readonly GateWord[] = ["secret's policy", "key's policy"];
  const gates = items.map((item): ItemGates => {
    const { service: of, environment, item: name } = item;
    const kind =
      item.kind === "secret" ? "secret" : "key" in item && item.key ? "SecureString" : "plain parameter";
    const against = { otherService: both, administrator: both, outsider: both };
    return { item: arnOf(item), kind, service: of, environment, name, ...against };
  });
  const none = { unexpected: [], weakened: [], openers: [], layers: 1 };
  return { ...none, pairs: 1, grants, gates, access: undefined as unknown as AccessProof["access"] };
}
