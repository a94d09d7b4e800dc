import { parameterActions, secretActions } from "../../access/actions";
import type { AccessDocuments, ItemDocuments } from "../../access/input";
import { coversAction, covers, hasWildcard } from "../../aws/patterns";
import { isAccount } from "../../aws/textRules";
import { concrete } from "../assumed";
import { parsedOnce, rolePolicies, textsIn } from "./leaves";
import { isObject } from "../../access/conditions";

/** Where patterns that leave it open are asked about. */
export interface Places {
  readonly partition: string;
  readonly region: string;
  readonly accounts: readonly string[];
}

/** As AWS might make up the end of a secret's ARN. */
const suffix = "-0a1b2c";

/**
 * One item for each pattern that roles' policies let them read, which it covers: what may come to be under it, or is
 * somebody else's; and one of each kind in each account that no name covers. None has a policy or key of its own.
 */
export function namedItems(both: readonly AccessDocuments[], places: Places): readonly ItemDocuments[] {
  const patterns = new Set(parsedOnce(both.flatMap(rolePolicies)).flatMap(readableIn));
  const { partition, region, accounts } = places;
  const any = accounts.flatMap((account) => [
    `arn:${partition}:secretsmanager:${region}:${account}:secret:*`,
    `arn:${partition}:ssm:${region}:${account}:parameter/*`,
  ]);
  return [...new Set([...any, ...patterns])].flatMap((pattern) => itemsUnder(pattern, places));
}

/** What an Allow of an action that reads is about. */
function readableIn(document: Readonly<Record<string, unknown>>): readonly string[] {
  return [document["Statement"]]
    .flat()
    .filter(isObject)
    .filter(
      ({ Effect, Action }) =>
        Effect === "Allow" &&
        textsIn(Action).some((pattern) =>
          [...secretActions, ...parameterActions].some((action) => coversAction(pattern, action)),
        ),
    )
    .flatMap(({ Resource }) => textsIn(Resource));
}

function itemsUnder(pattern: string, { region, accounts, partition }: Places): readonly ItemDocuments[] {
  const [, , service, place = "", account = "", ...rest] = pattern.split(":");
  const name = nameUnder(service, rest.join(":"));
  if (name === undefined) return [];
  return (hasWildcard(account) ? accounts : [account]).flatMap((owner): ItemDocuments[] => {
    const where = hasWildcard(place) ? region : place;
    const arn = `arn:${partition}:${service}:${where}:${owner}:${name}`;
    if (!covers(pattern, arn) || !/^[a-z0-9-]+$/.test(where) || !isAccount(owner)) return [];
    return [
      service === "secretsmanager" ? { kind: "secret", arn } : { kind: "parameter", arn, type: "String" },
    ];
  });
}

/** Undefined for what covers no name of a secret or parameter, or is none. */
function nameUnder(service: string | undefined, pattern: string): string | undefined {
  if (service === "secretsmanager") {
    const ended = pattern.replace(/-\?{6}$/, suffix).replace(/\*$/, `*${suffix}`);
    const name = concrete(ended.replace(/^(?:secret)?\*/, "secret:*"));
    return /^secret:[\w/+=.@!-]+-[A-Za-z0-9]{6}$/.test(name) ? name : undefined;
  }
  if (service !== "ssm") return undefined;
  const name = concrete(pattern.replace(/^(?:parameter)?\*/, "parameter/*"));
  return /^parameter\/[\w./-]+$/.test(name) ? name : undefined;
}
