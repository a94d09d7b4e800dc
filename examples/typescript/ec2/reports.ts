import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { Database, type Login } from "../reading/database.ts";
import { fieldsOf } from "../reading/fields.ts";
import { Values } from "../reading/values.ts";
import { log } from "../serving/log.ts";

/*
 * A program of an instance, which reads its values itself, with the instance's role:
 *
 *     consumers:
 *       reports: { kind: ec2, instanceType: t4g.small, reads: [database] }
 *
 * The launch template writes a file of ARNs, and no value. Values stay in this process's memory.
 */

const references = process.env["REFERENCES"] ?? "/etc/orders/references.json";
const pauseMilliseconds = Number(process.env["PAUSE_SECONDS"] ?? 60) * 1000;

const arns = JSON.parse(readFileSync(references, "utf8")) as Readonly<Record<string, string>>;
const arn = arns["database"];
if (arn === undefined) throw new Error(`${references} has no "database"; add it to the consumer's \`reads\``);

const values = new Values();
const database = new Database(async (options) => fieldsOf<Login>(await values.read(arn, options)));

const stopped = new AbortController();
process.once("SIGTERM", () => stopped.abort());
while (!stopped.signal.aborted) {
  try {
    const [report] = await database.query<{ orders: string }>("SELECT count(*) AS orders FROM orders");
    log("info", "orders counted", { orders: Number(report?.orders) });
  } catch (error) {
    log("error", "no report", { reason: error instanceof Error ? error.message : String(error) });
  }
  await wait(pauseMilliseconds, undefined, { signal: stopped.signal }).catch(() => undefined);
}
await database.end();
