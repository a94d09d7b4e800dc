import type { Plan } from "../plan/types";
import { firstThatFits } from "./room";

/**
 * Ids, as calls give them, of the secrets that database services make in an environment's workload account: each is
 * part of a name or an ARN, whichever was called with. Other teams may have such secrets in the same account, so ours
 * are named; past the room that patterns have for that, every secret of the same services is meant.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/service-linked-secrets.html
 */
export function managedSecretIds(plan: Plan, environment: string): readonly string[] {
  const names = plan.managedSecrets
    .filter((secret) => secret.environment === environment)
    .map(({ arn }) => arn.slice(arn.indexOf(":secret:") + ":secret:".length, -suffixLength));
  // Only a service can give a name with a `!`.
  const services = names.map((name) => name.slice(0, name.indexOf("!") + 1));
  return firstThatFits(room, comparison, [names, services]);
}

/** `-AbCdEf`, which Secrets Manager adds to a name. */
const suffixLength = 7;

const comparison = ' || $.requestParameters.secretId = "**"';
const room = 400;
