import type { AccessDocuments } from "../../access/input";
import type { Plan } from "../../plan/types";
import type { Opener } from "./opener";
import { openPolicies } from "./policies";
import { openTrusts } from "./trusts";

/** Every statement by which somebody makes a reader of himself, or acts as one, who is not meant to. */
export function openers(plan: Plan, documents: AccessDocuments): readonly Opener[] {
  return [...openPolicies(plan, documents), ...openTrusts(plan, documents)];
}
