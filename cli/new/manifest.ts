import { stringify } from "yaml";
import { longestExpiryDays, longestRotationDays, shortestWarningDays } from "../../model/limits";

export interface NewService {
  readonly service: string;
  /** E-mail address. */
  readonly owner: string;
  readonly description: string;
  readonly environments: readonly string[];
}

/** A manifest that is valid as it stands, with one thing of each kind and, behind them, the others to copy from. */
export function newManifest({ service, owner, description, environments }: NewService): string {
  return `# yaml-language-server: $schema=service.schema.json
service: ${service}
owner: ${owner} # gets the notices
description: ${stringify(description, { lineWidth: 0 }).trimEnd()}
environments: [${environments.join(", ")}]

secrets: # what rotates; read with Secrets Manager
  signing-key:
    description: Signs what ${service} sends
    rotation: { method: generated, every: ${longestRotationDays} days }

parameters: # what does not; read with Parameter Store
  log-level: { description: Verbosity of the logs, type: String, value: info }

consumers: # each may read exactly what it names, and nothing else
  api: { kind: lambda, reads: [signing-key, log-level] }

# A value from somebody else, which \`npx platform set\` supplies; under \`parameters\`:
#   partner-token:
#     description: Token a partner gave us
#     type: SecureString
#     expires: { after: ${longestExpiryDays} days, warn: ${shortestWarningDays} days }
#
# A database login that rotates without one failed login; under \`secrets\`:
#   database:
#     description: Login of the database
#     rotation: { method: postgres-alternating-users, every: 30 days, admin: database-admin }
#     database: { host: db.example.com, port: 5432, name: ${service}, username: ${service} }
#   database-admin:
#     description: Administrator that changes the passwords above
#     rotation: { method: postgres-single-user, every: ${longestRotationDays} days }
#     database: { host: db.example.com, port: 5432, name: postgres, username: platform_admin }
#
# A container that gets values injected at its start; under \`consumers\`:
#   worker:
#     kind: ecs
#     environment: { LOG_LEVEL: log-level, SIGNING_KEY: signing-key }
`;
}
