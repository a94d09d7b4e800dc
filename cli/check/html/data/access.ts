import { accountInArn } from "../../../../model/aws/accountInArn";
import { groupBy } from "../../../../model/groupBy";
import type { Plan } from "../../../../model/plan/types";
import type { ItemGates } from "../../../../model/proof/gates";
import type { CheckedAccess } from "../../access";
import { layerWords, openerWords } from "../../accessWords";
import { matrixOf } from "./matrix";
import type { AccessData, GatesData, PageData } from "./types";

export function accessOf(plan: Plan, access: CheckedAccess): PageData["access"] {
  if ("undecided" in access) return { undecided: access.undecided };
  return {
    pairs: access.pairs,
    grants: access.grants.length,
    layers: access.layers,
    matrix: matrixOf(plan, access),
    gates: gatesOf(access.gates),
    flows: flowsOf(access.grants),
    unexpected: access.unexpected.map(({ principal, item, decision, why, remedy }) => ({
      ...{ principal, item, why, remedy },
      words: decision === "allowed" ? "can read, and is not meant to" : "cannot read, though it was granted",
    })),
    weakened: access.weakened.map((finding) => {
      const { policy, call, statements } = finding;
      return {
        policy: statements.length > 0 ? `${policy}: ${statements.join(", ")}` : policy,
        words: layerWords(finding),
        call: `${call.action} on ${call.resource} by ${call.by.arn}`,
      };
    }),
    openers: access.openers.map(({ policy, statement, actions }) => ({
      policy: `${policy}: ${statement}`,
      words: openerWords,
      call: actions.join(", "),
    })),
  };
}

/** By kind, and in it from those that the fewest gates guard on. */
function gatesOf(gates: readonly ItemGates[]): readonly GatesData[] {
  const alike = groupBy(gates, ({ kind, otherService, administrator, outsider }) =>
    JSON.stringify([kind, otherService, administrator, outsider]),
  );
  const rows = [...alike.values()].map((items): GatesData => {
    const { kind, service, environment, name, otherService, administrator, outsider } = items[0]!;
    const example = `${service}/${environment}/${name}`;
    return { kind, items: items.length, example, otherService, administrator, outsider };
  });
  const fewest = ({ otherService, administrator, outsider }: GatesData) =>
    Math.min(otherService.length, administrator.length, outsider.length);
  const kinds = [...new Set(rows.map(({ kind }) => kind))];
  return rows.sort(
    (one, other) => kinds.indexOf(one.kind) - kinds.indexOf(other.kind) || fewest(one) - fewest(other),
  );
}

function flowsOf(
  grants: readonly { readonly principal: string; readonly item: string }[],
): AccessData["flows"] {
  const byWay = groupBy(grants, ({ principal, item }) => `${accountInArn(item)} ${accountInArn(principal)}`);
  return [...byWay].map(([way, all]) => {
    const [from = "", to = ""] = way.split(" ");
    return { from, to, grants: all.length };
  });
}
