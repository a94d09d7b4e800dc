import { buildPlan } from "../../../../model/plan/build";
import type { Plan } from "../../../../model/plan/types";
import { loadValid } from "../../catalogue/support";
import { organisation } from "./organisations";

/** What RDS made in the workload accounts. */
export const managedArns = {
  staging: "arn:aws:secretsmanager:eu-west-1:222222222222:secret:rds!cluster-1a2b3c4d-AbCdEf",
  prod: "arn:aws:secretsmanager:eu-west-1:333333333333:secret:rds!cluster-5e6f7a8b-GhIjKl",
} as const;

const top = (service: string): string =>
  `service: ${service}\nowner: ${service}@example.com\ndescription: Takes orders\nenvironments: [staging, prod]\n`;

const alternating = (service: string, admin: string): string[] => [
  "  database:",
  "    description: Login",
  `    rotation: { method: postgres-alternating-users, every: 30 days, admin: ${admin}, hosted: platform }`,
  `    database: { host: db.internal, port: 5432, name: main, username: ${service} }`,
];

/**
 * RDS keeps the login of one database server's administrator, which changes passwords for its own service, `orders`, and for
 * `payments`; `stock` has an administrator of its own making. `without`: nothing names RDS's.
 */
export function managedAdministratorPlan({ without = false, sharded = false } = {}): Plan {
  const manifests = {
    orders: [
      "secrets:",
      ...(without ? [] : alternating("orders", "cluster")),
      "  cluster:",
      "    description: Administrator",
      `    rotation: { method: rds-managed, arn: { staging: '${managedArns.staging}', prod: '${managedArns.prod}' } }`,
      ...(without ? [] : ["    shareWith: [payments]"]),
    ],
    ...(without ? {} : { payments: ["secrets:", ...alternating("payments", "orders/cluster")] }),
    stock: [
      "secrets:",
      ...alternating("stock", "database-admin"),
      "  database-admin:",
      "    description: Administrator",
      "    rotation: { method: postgres-single-user, every: 60 days, hosted: platform }",
      "    database: { host: db.internal, port: 5432, name: main, username: stock_admin }",
      "consumers:",
      "  api: { kind: lambda, reads: [database] }",
    ],
  };
  const texts = Object.entries(manifests).map(([name, lines]) => [name, top(name) + lines.join("\n")]);
  return buildPlan(loadValid(Object.fromEntries(texts) as Record<string, string>), organisation({ sharded }));
}
