import { buildPlan } from "../../../../model/plan/build";
import type { Plan } from "../../../../model/plan/types";
import { loadValid } from "../../catalogue/support";
import { organisation } from "./organisations";

const top = (service: string): string =>
  `service: ${service}\nowner: ${service}@example.com\ndescription: Takes orders\nenvironments: [staging, prod]\n`;

const login = (engine: string, user: string): string =>
  `{ host: ${engine}.internal, port: 5432, name: main, username: ${user} }`;

/**
 * The administrators of one service's database servers (`orders`) change passwords for three more: `payments`, whose
 * values are under a key of its own, `stock` and `reports`; by AWS's functions and by the platform's. Only `payments` has
 * a consumer. `ordersKey`: the administrators are under a key of their service's own.
 */
export function sharedAdministratorPlan({ ordersKey = false, sharded = false } = {}): Plan {
  const alternating = (name: string, engine: string, hosted: string): string[] => [
    `  ${name}-${engine}:`,
    "    description: Login",
    `    rotation: { method: ${engine}-alternating-users, every: 30 days, admin: orders/${engine}-admin, hosted: ${hosted} }`,
    `    database: ${login(engine, name)}`,
  ];
  const admin = (engine: string, hosted: string): string[] => [
    `  ${engine}-admin:`,
    "    description: Administrator",
    `    rotation: { method: ${engine}-single-user, every: 60 days, hosted: ${hosted} }`,
    `    database: ${login(engine, "platform_admin")}`,
    "    shareWith: [payments, reports, stock]",
  ];
  const manifests = {
    orders: [
      ...(ordersKey ? ["key: own"] : []),
      "secrets:",
      ...admin("mysql", "aws"),
      ...admin("postgres", "aws"),
      ...alternating("orders", "mysql", "aws"),
    ],
    payments: [
      "key: own",
      "secrets:",
      ...alternating("payments", "mysql", "aws"),
      ...alternating("payments", "postgres", "platform"),
      "consumers:",
      "  api: { kind: lambda, reads: [payments-mysql, payments-postgres] }",
    ],
    reports: ["secrets:", ...alternating("reports", "mysql", "aws")],
    stock: [
      "secrets:",
      ...alternating("stock", "mysql", "aws"),
      ...alternating("stock", "postgres", "platform"),
    ],
  };
  const texts = Object.entries(manifests).map(([name, lines]) => [name, top(name) + lines.join("\n")]);
  return buildPlan(loadValid(Object.fromEntries(texts) as Record<string, string>), organisation({ sharded }));
}
