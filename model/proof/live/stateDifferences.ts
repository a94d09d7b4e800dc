import { accountInArn } from "../../aws/accountInArn";
import type { AccessDocuments, ItemDocuments, KeyDocuments, PrincipalDocuments } from "../../access/input";
import type { Plan } from "../../plan/types";
import { nameInArn } from "../intention";
import type { DeployedAccount, KeyGrant } from "./deployed";
import type { Difference, DifferenceKind } from "./difference";
import { PlatformNames } from "./ours";
import { isSame, type StatementDifferences, statementDifferences } from "./statementDifferences";

const deploy = "deploy its stack with a refresh, or change the manifests";
const restore = "correct the ARN in the manifest: the database service makes this secret";
const remove = "remove it, or write a manifest for it";

/**
 * What one account holds against what its stacks register: what is missing, what nobody planned, and documents and settings
 * that are not as they were deployed, whether they let anybody read more or not.
 */
export function stateDifferences(
  plan: Plan,
  registered: AccessDocuments,
  deployed: DeployedAccount,
): readonly Difference[] {
  const { account } = deployed;
  const names = new PlatformNames(plan);
  const found: Difference[] = [];
  const tell = (kind: DifferenceKind, what: string, why: string, remedy = deploy) =>
    void found.push({ kind, account, what, why, remedy });
  const tellDocument = (what: string, said: StatementDifferences) => {
    if (!isSame(said)) tell("document", what, inWords(said));
  };
  const isHere = ({ arn }: { readonly arn: string }) => accountInArn(arn) === account;
  roles(registered.principals.filter(isHere));
  items(registered.items.filter(isHere));
  keys(registered.keys.filter(isHere));
  endpoints();
  return found;

  function roles(planned: readonly PrincipalDocuments[]): void {
    const there = new Map(deployed.principals.map((role) => [role.arn, role]));
    for (const role of planned) {
      const what = `role ${role.arn.slice(role.arn.lastIndexOf("/") + 1)}`;
      const is = there.get(role.arn);
      if (is === undefined) {
        tell("missing", what, `there is no ${role.arn}`);
        continue;
      }
      tellDocument(`policies of the ${what}`, statementDifferences(role.policies, is.policies));
      tellDocument(
        `trust of the ${what}`,
        statementDifferences([role.trust ?? []].flat(), [is.trust ?? []].flat()),
      );
      if (is.boundary?.name !== role.boundary?.name)
        tell(
          "boundary",
          what,
          `has ${is.boundary?.name ?? "no boundary"} for ${role.boundary?.name ?? "none"}`,
        );
      else if (role.boundary !== undefined && is.boundary !== undefined)
        tellDocument(`boundary of the ${what}`, statementDifferences([role.boundary], [is.boundary]));
    }
    const isPlanned = new Set(planned.map(({ arn }) => arn));
    for (const { arn } of deployed.principals)
      if (names.hasRole(arn) && !isPlanned.has(arn))
        tell("not planned", `role ${arn.slice(arn.lastIndexOf("/") + 1)}`, `no manifest has ${arn}`, remove);
  }

  function items(planned: readonly ItemDocuments[]): void {
    const there = new Map(deployed.items.map((item) => [placeOf(item), item]));
    const isPlanned = new Set(planned.map(placeOf));
    for (const item of planned) {
      const is = there.get(placeOf(item));
      if (is === undefined) tell("missing", nameOf(item), `there is none in ${regionOf(item)}`);
      else compareItems(item, is);
    }
    const held = new Set(deployed.items.map(nameOf));
    for (const managed of plan.managedSecrets.filter(isHere))
      if (!held.has(nameOf(managed))) tell("missing", nameOf(managed), `there is no ${managed.arn}`, restore);
    for (const item of deployed.items)
      if (!isPlanned.has(placeOf(item)) && !names.hasManaged(item.arn))
        tell("not planned", nameOf(item), `no manifest has it in ${regionOf(item)}`, remove);
    for (const [arn, regions] of deployed.replicaRegions)
      for (const region of regions)
        if (!isPlanned.has(placeOf({ arn: arn.split(":").with(3, region).join(":") })))
          tell("setting", nameOf({ arn }), `has a copy in ${region} that no manifest has`);
    for (const [arn, said] of deployed.oddShares) for (const one of said) tell("share", nameOf({ arn }), one);
  }

  function compareItems(item: ItemDocuments, is: ItemDocuments): void {
    const what = nameOf(item);
    const [wanted, key] = [aliasOf(registered.keys, item.key), aliasOf(deployed.keys, is.key)];
    if (wanted !== key)
      tell("setting", what, `is under ${key ?? "AWS's own key"}, not ${wanted ?? "AWS's own key"}`);
    if (item.kind === "secret" && is.kind === "secret") {
      tellDocument(
        `policy of the secret ${what}`,
        statementDifferences([item.policy ?? []].flat(), [is.policy ?? []].flat()),
      );
      // Copies show no rotation of their own.
      const isHome = regionOf(item) === plan.organisation.region;
      if (isHome && item.rotationFunction !== is.rotationFunction)
        tell(
          "setting",
          what,
          `is rotated by ${is.rotationFunction ?? "nothing"}, not ${item.rotationFunction ?? "anything"}`,
        );
    }
    if (item.kind === "parameter" && is.kind === "parameter") {
      if (item.type !== is.type) tell("setting", what, `is a ${is.type}, not a ${item.type}`);
      const [were, are] = [item, is].map(sharing);
      if (were !== are) tell("share", what, `is shared ${are}, not ${were}`);
    }
  }

  function keys(planned: readonly KeyDocuments[]): void {
    const placesOf = ({ arn, aliases }: KeyDocuments) =>
      aliases.map((alias) => `${alias} in ${arn.split(":")[3] ?? ""}`);
    const there = new Map(deployed.keys.flatMap((key) => placesOf(key).map((place) => [place, key])));
    const isPlanned = new Set(planned.flatMap(placesOf));
    for (const key of planned) {
      const [place = key.arn] = placesOf(key);
      if (!key.aliases.some((alias) => names.hasAlias(alias))) continue;
      const is = there.get(place);
      if (is === undefined) {
        tell("missing", `key ${place}`, "no key goes by that alias");
        continue;
      }
      tellDocument(`policy of the key ${place}`, statementDifferences([key.policy], [is.policy]));
      for (const grant of is.grants)
        if (opens(grant))
          tell(
            "grant",
            `key ${place}`,
            `grant ${grant.id} lets ${grant.grantee} ${grant.operations.join(", ")}; the platform makes no grants`,
            "retire the grant",
          );
    }
    for (const key of deployed.keys)
      for (const [at, place] of placesOf(key).entries())
        if (!isPlanned.has(place) && names.hasAlias(key.aliases[at] ?? ""))
          tell("not planned", `key ${place}`, `no manifest asks for ${key.arn}`, remove);
  }

  function endpoints(): void {
    for (const endpoint of registered.endpoints.filter((one) => one.account === account)) {
      const { service, policy } = endpoint;
      const is = deployed.endpoints.filter((one) => one.service === service);
      if (is.length === 0) tell("missing", `endpoint of ${service}`, "there is none");
      for (const { id, policy: own } of is)
        tellDocument(`policy of the endpoint ${id} of ${service}`, statementDifferences([policy], [own]));
    }
  }
}

/** Whether it lets in those who could then decrypt. */
function opens({ operations }: KeyGrant): boolean {
  return operations.some((one) => one === "Decrypt" || one === "CreateGrant" || one.startsWith("ReEncrypt"));
}

function inWords({ added, taken, changed }: StatementDifferences): string {
  const said = (names: readonly string[], what: string) =>
    names.length === 0 ? [] : [`${what}: ${names.join(", ")}`];
  return [...said(added, "added by hand"), ...said(changed, "changed"), ...said(taken, "taken out")].join(
    "; ",
  );
}

function sharing({
  shares = [],
}: {
  readonly shares?: readonly { accounts: readonly string[]; external: boolean; permission: string }[];
}): string {
  return (
    shares
      .map(
        ({ accounts, external, permission }) =>
          `with ${[...accounts].sort().join(", ") || "nobody"} to ${permission}${external ? ", outside the organisation as well" : ""}`,
      )
      .sort()
      .join(" and ") || "with nobody"
  );
}

function aliasOf(keys: readonly KeyDocuments[], arn: string | undefined): string | undefined {
  return arn === undefined ? undefined : (keys.find((key) => key.arn === arn)?.aliases[0] ?? arn);
}

function placeOf({ arn }: { readonly arn: string }): string {
  return `${arn.split(":")[3] ?? ""} ${nameInArn(arn)}`;
}

function regionOf({ arn }: { readonly arn: string }): string {
  return arn.split(":")[3] ?? "";
}

/** As people call it: `orders/prod/database`. */
function nameOf({ arn }: { readonly arn: string }): string {
  return nameInArn(arn).replace(/^\w+:\d+:(?:secret:|parameter\/)/, "");
}
