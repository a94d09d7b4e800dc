import { accountInArn } from "../../../../model/aws/accountInArn";
import { groupBy } from "../../../../model/groupBy";
import type { Organisation } from "../../../../model/organisation/types";
import type { Plan, RolePlan } from "../../../../model/plan/types";
import { assumedName } from "../../../../model/proof/assumed";
import type { ItemGates } from "../../../../model/proof/gates";
import type { AccessProof } from "../../../../model/proof/proof";
import type { MatrixData, MatrixGroup, MatrixItem, RoleData } from "./types";
import { itemsOf, referencesItems, rolesOf } from "../../../../model/plan/contents";

/** What belongs to no manifest, which is a finding too. */
const noService = "in no manifest";

/**
 * Who reads what, as the documents decide it: items by service and environment, in the order of manifests. Roles are those
 * that read anything, and those that are meant to and cannot.
 */
export function matrixOf(
  plan: Plan,
  proof: Pick<AccessProof, "grants" | "gates" | "unexpected">,
): MatrixData {
  const roles = new Roles(plan, [...proof.grants, ...proof.unexpected]);
  const readers = groupBy(proof.grants, ({ item }) => item);
  const wrong = groupBy(proof.unexpected, ({ item }) => item);
  const descriptions = new Map(itemsOf(plan).map((item) => [idOf(item), item.description]));
  const references = new Map(referencesItems(plan).map((one) => [one.arn, one]));
  const rowOf = (arn: string, known?: ItemGates): MatrixItem => {
    const of = references.get(arn);
    const unexpected = wrong.get(arn) ?? [];
    const who = (decision: string) =>
      unexpected.filter((one) => one.decision === decision).map(({ principal }) => roles.at(principal));
    const [tooMany, missing] = [who("allowed"), who("refused")];
    return {
      item: known === undefined ? (of?.item ?? arn) : nameOf(known, plan.organisation),
      kind: known?.kind ?? (of === undefined ? "" : "references"),
      description:
        (known && descriptions.get(idOf({ ...known, item: known.name }))) ??
        (of === undefined ? "" : `where ${of.consumer} finds its values`),
      account: accountInArn(arn),
      ...(of !== undefined && { isReferences: true }),
      ...(known && { gates: [known.otherService.length, known.administrator.length, known.outsider.length] }),
      readers: (readers.get(arn) ?? []).map(({ principal }) => roles.at(principal)),
      ...(tooMany.length > 0 && { unexpected: tooMany }),
      ...(missing.length > 0 && { missing }),
    };
  };
  const known = new Set(proof.gates.map(({ item }) => item));
  const unlisted = new Set([...readers.keys(), ...wrong.keys()].filter((arn) => !known.has(arn)));
  const strange = [...unlisted].filter((arn) => !references.has(arn));
  const placed = [
    ...proof.gates.map((one) => ({ ...placeOf(one), row: rowOf(one.item, one) })),
    ...[...references].flatMap(([arn, one]) =>
      unlisted.has(arn) ? [{ ...placeOf(one), row: rowOf(arn) }] : [],
    ),
  ];
  const byGroup = groupBy(placed, ({ service, environment }) => JSON.stringify([service, environment]));
  const groups: MatrixGroup[] = [...byGroup.values()].map((rows) => ({
    ...placeOf(rows[0]!),
    items: rows.map(({ row }) => row),
  }));
  const order = plan.environments.map(({ name }) => name);
  groups.sort(
    (one, other) =>
      (one.service < other.service ? -1 : one.service > other.service ? 1 : 0) ||
      order.indexOf(one.environment) - order.indexOf(other.environment),
  );
  if (strange.length > 0)
    groups.unshift({ service: noService, environment: "", items: strange.map((arn) => rowOf(arn)) });
  return { roles: roles.all, groups };
}

function placeOf({ service, environment }: Pick<MatrixGroup, "service" | "environment">) {
  return { service, environment };
}

/** A replica is another item, with its own policy, in another region. */
function nameOf({ item, name }: ItemGates, { region }: Organisation): string {
  const own = item.split(":")[3] ?? region;
  return own === region ? name : `${name} (${own})`;
}

function idOf({ service, environment, item }: Record<"service" | "environment" | "item", string>): string {
  return JSON.stringify([service, environment, item]);
}

/** Those that are in any pair: roles of consumers first, in the order of manifests, then whoever else reads. */
class Roles {
  readonly all: readonly RoleData[];
  readonly #places: ReadonlyMap<string, number>;

  constructor({ consumers, organisation }: Plan, pairs: readonly { readonly principal: string }[]) {
    const planned = new Map(rolesOf(consumers).map((role) => [role.arn, role]));
    const found = new Set(pairs.map(({ principal }) => principal));
    const others = [...found].filter((arn) => !planned.has(arn)).sort();
    const arns = [...[...planned.keys()].filter((arn) => found.has(arn)), ...others];
    this.#places = new Map(arns.map((arn, at) => [arn, at]));
    this.all = arns.map((arn) => {
      const role = planned.get(arn);
      return role === undefined ? otherRole(arn, organisation) : consumerRole(role);
    });
  }

  at(arn: string): number {
    return this.#places.get(arn)!;
  }
}

function consumerRole({ name, service, consumer, use, environment }: RolePlan): RoleData {
  return { name, words: `${uses[use]} ${consumer} of ${service} in ${environment}` };
}

function otherRole(arn: string, { stacks }: Organisation): RoleData {
  const assumed = assumedName(arn);
  if (assumed !== undefined) return { name: assumed, words: "taken for one that may do everything there" };
  const account = accountInArn(arn);
  const stack = stacks.find((one) => one.account === account)?.name ?? account;
  return { name: `${arn.split("/").at(-1) ?? arn} (${stack})`, words: `${arn}: no consumer's role` };
}

const uses: Readonly<Record<RolePlan["use"], string>> = {
  lambda: "Lambda function",
  "ecs-task": "ECS task",
  "ecs-execution": "start of ECS task",
  ec2: "EC2 instance",
  codebuild: "CodeBuild project",
  eks: "pods of EKS",
  role: "role for a service of AWS",
};
