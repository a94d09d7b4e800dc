import { Access } from "../access/access";
import { type Grant, grants, pairCount } from "../access/grants";
import type { AccountDocuments } from "../access/input";
import type { Plan } from "../plan/types";
import type { Opener } from "./custody/opener";
import { openers } from "./custody/openers";
import { documentsOf } from "./documentsOf";
import { gatesOf, type ItemGates } from "./gates";
import { intention } from "./intention";
import { judge, type LayerFinding } from "./layers/layer";
import { layersOf } from "./layersOf";
import type { StackDocuments } from "./registered/stack";
import { type UnexpectedAccess, unexpectedAccess } from "./unexpected";

/** What the documents of all stacks open, held against what the Plan means. */
export interface AccessProof {
  readonly access: Access;
  /** How many pairs of role and item were decided. */
  readonly pairs: number;
  /** Those that are open, in the order of roles. */
  readonly grants: readonly Grant[];
  /** Pairs that are open and not meant, or meant and closed. */
  readonly unexpected: readonly UnexpectedAccess[];
  /** How many policies were judged by themselves. */
  readonly layers: number;
  /** Policies that say something else than they are to say, also where another holds. */
  readonly weakened: readonly LayerFinding[];
  /** Statements by which somebody could open values for himself. */
  readonly openers: readonly Opener[];
  readonly gates: readonly ItemGates[];
}

/**
 * Decides every pair of role and item from the documents that the stacks register, and compares with the Plan; then every
 * policy by itself, and who could open more.
 *
 * @param controls service control policies of the organisation, by level
 * @throws NotModelled where a document says what cannot be decided about
 */
export function proveAccess(
  plan: Plan,
  stacks: readonly StackDocuments[],
  controls?: AccountDocuments["controls"],
): AccessProof {
  const documents = documentsOf(plan, stacks, controls);
  const access = new Access(documents);
  const open = grants(access);
  const layers = layersOf(plan, access);
  return {
    access,
    pairs: pairCount(access),
    grants: open,
    unexpected: unexpectedAccess({ access, open, meant: intention(plan, documents.items) }),
    layers: layers.length,
    weakened: layers.flatMap((layer) => judge(layer)),
    openers: openers(plan, documents),
    gates: gatesOf(plan, access),
  };
}
