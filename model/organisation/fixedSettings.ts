import type { Path } from "../yaml/tree";
import type { Organisation, Stack } from "./types";

/** A setting that AWS's resources cannot follow once they are there. */
export interface FixedSetting {
  /** Inside the stack's file. */
  readonly path: Path;
  readonly value: string;
  /** What another value would do, and the way that there is instead; sentences without a full stop. */
  readonly otherwise: string;
  readonly instead: string;
}

const anotherEnvironment =
  "make another environment, with an account and a stack of its own, and move the services there (docs/operations.md, what cannot change)";

/**
 * Settings of a stack that decide where and what its resources are: another value would replace all of them, or leave
 * them behind and make others. By a name that stays, for the next update to compare with.
 */
export function fixedSettings(
  { region }: Organisation,
  stack: Stack,
): Readonly<Record<string, FixedSetting>> {
  const everywhere = {
    region: {
      path: ["aws:region"],
      value: region,
      otherwise: "everything the stack holds, values included, would be left behind and made again elsewhere",
      instead: "make new stacks for the other region, and move the services there",
    },
    account: {
      path: ["aws:allowedAccountIds"],
      value: stack.account,
      otherwise: "everything the stack holds, values included, would be left behind and made again elsewhere",
      instead: "give the other account a stack of its own",
    },
  };
  if (stack.kind === "security") return everywhere;
  return {
    ...everywhere,
    environment: {
      path: ["secrets-platform:environment"],
      value: stack.environment,
      otherwise: "every name holds it, so that keys, roles and values would be deleted and made again, empty",
      instead: anotherEnvironment,
    },
    networkRange: {
      path: ["secrets-platform:network", "cidr"],
      value: stack.network.cidr,
      otherwise: "the network and all that runs in it would be replaced, with an interruption",
      instead: anotherEnvironment,
    },
  };
}
