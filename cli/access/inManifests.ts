import { consumerOf } from "../audit/rows";
import type { NamedItem, NamedRole } from "./names";

/** What manifests say of a consumer's role and an item, or would have to say; undefined for another role. */
export function inManifests({ role }: NamedRole, { planned }: NamedItem): string | undefined {
  if (role === undefined) return undefined;
  if (planned === undefined)
    return "not granted; no manifest grants it to a role: it is for whoever deploys the consumer";
  const place = `${planned.at.file}:${planned.at.line}`;
  if (role.grants.includes(planned)) return `granted to ${consumerOf(role)}; the item stands at ${place}`;
  const { service, environment, item, shareWith } = planned;
  if (environment !== role.environment)
    return `not granted; a role of ${role.environment} reads no value of ${environment}`;
  const name = service === role.service ? item : `${service}/${item}`;
  // Of an ECS task one role fetches what is injected, the other one reads while it runs.
  const entry = role.use === "ecs-execution" ? `\`environment: { NAME: ${name} }\`` : `\`reads: [${name}]\``;
  const needed = `${entry} of the consumer ${role.consumer} in ${role.service}'s manifest`;
  return service === role.service || shareWith.includes(role.service)
    ? `not granted; ${needed} grants it`
    : `not granted; ${needed} and \`shareWith: [${role.service}]\` at ${place} grant it`;
}
