import type { Opener } from "../../model/proof/custody/opener";
import type { LayerFinding } from "../../model/proof/layers/layer";
import type { AccessProof } from "../../model/proof/proof";
import type { UnexpectedAccess } from "../../model/proof/unexpected";
import { type CheckedAccess, isAsMeant } from "./access";
import { count } from "../count";

/** One thing that is not as meant: what, then why and what to do, each for one line. */
export interface AccessLines {
  readonly mark: "access" | "layer" | "opens" | "unread";
  readonly lines: readonly string[];
}

/** What came of it, in one line. */
export function accessHeadline(access: CheckedAccess): string {
  if ("undecided" in access) return "access was not decided, because an answer would be a guess";
  return isAsMeant(access)
    ? `access as meant: ${decided(access)}`
    : `access is not as meant: ${count(accessLines(access).length, "finding")}`;
}

function decided({ pairs, grants, layers }: AccessProof): string {
  return `${grants.length} of ${count(pairs, "pair")} of role and item open; each of ${count(layers, "document")} holds by itself`;
}

export function accessLines(access: CheckedAccess): readonly AccessLines[] {
  if ("undecided" in access) return access.undecided.map((reason) => ({ mark: "unread", lines: [reason] }));
  return [...access.unexpected.map(pair), ...access.weakened.map(layer), ...access.openers.map(opener)];
}

function pair({ principal, item, decision, why, remedy }: UnexpectedAccess): AccessLines {
  const said =
    decision === "allowed" ? "can read, and is not meant to," : "cannot read, though it was granted,";
  return { mark: "access", lines: [`${principal} ${said} ${item}`, why, `to set it right: ${remedy}`] };
}

function layer(finding: LayerFinding): AccessLines {
  const { policy, call, statements } = finding;
  const through = call.via === undefined ? "" : ` through ${call.via}`;
  return {
    mark: "layer",
    lines: [
      `${policy}${statements.length > 0 ? `: ${statements.join(", ")}` : ""}`,
      `${layerWords(finding)}: ${call.action} on ${call.resource}${through} by ${call.by.arn}`,
    ],
  };
}

function opener({ policy, statement, actions }: Opener): AccessLines {
  return {
    mark: "opens",
    lines: [`${policy}: ${statement}`, `${openerWords}: ${actions.join(", ")}`],
  };
}

export const openerWords = "lets somebody come to values who is not meant to";

/** What a layer says by itself, and what it is to say. */
export function layerWords({ effect, expected, found }: LayerFinding): string {
  if (effect === "Deny") return found === "deny" ? "denies what it is to leave open" : "does not deny";
  if (expected === "silent") return "allows what it is not to allow";
  return found === "silent"
    ? "does not allow what it is to allow"
    : `says ${found}, and is to say ${expected}`;
}
