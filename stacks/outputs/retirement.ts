import * as pulumi from "@pulumi/pulumi";
import type { KeyPlan, ParameterPlan, SecretPlan } from "../../model/plan/types";
import { previousOutputs } from "./previousOutputs";

interface Held {
  readonly keys: readonly KeyPlan[];
  readonly secrets: readonly SecretPlan[];
  readonly parameters: readonly ParameterPlan[];
}

/** What a stack exports so that its next update knows what must not simply go. */
export function protectedNames({ keys, secrets, parameters }: Held): readonly string[] {
  return [
    ...keys.filter((key) => key.protected).map(({ alias }) => alias),
    ...[...secrets, ...parameters].filter((item) => item.protected).map(({ name }) => name),
  ];
}

/**
 * Refuses an update, or its preview, that would delete something protected: the engine would too, but at the end and
 * with advice to lift the protection by hand.
 * @throws RunError naming everything that has to be retired first
 */
export async function refuseUnretired(stack: string, present: readonly string[]): Promise<void> {
  const before = (await previousOutputs(stack))?.["protectedNames"];
  const gone = (Array.isArray(before) ? (before as string[]) : []).filter((name) => !present.includes(name));
  if (gone.length === 0) return;
  const lines = gone.map((name) => `  ${name}`);
  throw new pulumi.RunError(
    [
      "These are protected and no longer in any manifest:",
      ...lines,
      "Removing from production takes two merges. Put them back with `retire: true` on the item, or on the service for all " +
        `of it, run \`pulumi up --stack ${stack} --policy-pack policies\`, and then remove them.`,
    ].join("\n"),
  );
}
