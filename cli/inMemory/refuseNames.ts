import type { CloudOutputs } from "./cloudOutputs";
import { awsNames, identityOf } from "../../model/aws/awsNames";

/** The account and region that a stack's resources are in unless they say otherwise. */
export interface Home {
  readonly account: string;
  readonly region: string;
}

/** What is taken: by type, place and name, the resource that has it. One for all stacks, since two may share an account. */
export type TakenNames = Map<string, string>;

/** Types that keep their names in one place, by the type whose names they are. */
const sharedNames: Readonly<Record<string, string>> = {
  "secrets-platform:index:ExpiringParameter": "aws:ssm/parameter:Parameter",
};

/**
 * Answers as `cloud` does, but refuses what AWS would refuse when it is made, or would put in the place of another
 * resource without a word: a name that is too long or taken, and a provider that may not touch the account.
 * @throws Error that names the resource, what AWS answers, and the one that has the name
 */
export function refuseNames(cloud: CloudOutputs, home: Home, taken: TakenNames): CloudOutputs {
  return (type, name, inputs) => {
    refuseOtherAccount({ type, name, inputs }, home);
    refuseName({ type, name, inputs }, home, taken);
    return cloud(type, name, inputs);
  };
}

interface Asked {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

function refuseName({ type, name, inputs }: Asked, home: Home, taken: TakenNames): void {
  const rule = awsNames[type];
  const identity = rule && identityOf(rule, inputs);
  if (rule === undefined || identity === undefined) return;
  const own = String(inputs[rule.by.at(-1) ?? ""]);
  const longest = rule.longest ?? Infinity;
  if (own.length > longest) {
    throw new Error(
      `AWS would refuse ${type} ${name}: its name may have ${longest} characters and has ${own.length}: ${own}`,
    );
  }
  const region = typeof inputs["region"] === "string" ? inputs["region"] : home.region;
  const place = { everywhere: "", account: home.account, region: `${home.account}/${region}` }[rule.within];
  const key = `${sharedNames[type] ?? type}|${place}|${identity}`;
  const holder = taken.get(key);
  if (holder !== undefined) {
    const answer = rule.refusal?.(own) ?? "it would take the place of the other without a word from AWS";
    throw new Error(`${type} ${name} has the name of ${holder} in account ${home.account}: ${answer}`);
  }
  taken.set(key, name);
}

/** As https://github.com/hashicorp/aws-sdk-go-base (`VerifyAccountIDAllowed`), on which AWS's provider is built, words it. */
function refuseOtherAccount({ type, name, inputs }: Asked, { account }: Home): void {
  if (!type.startsWith("pulumi:providers:")) return;
  const given = inputs["allowedAccountIds"];
  const allowed: unknown = typeof given === "string" ? JSON.parse(given) : given;
  if (!Array.isArray(allowed) || allowed.length === 0 || allowed.map(String).includes(account)) return;
  throw new Error(`provider ${name}: AWS account ID not allowed: ${account}`);
}
