import pg from "pg";
import { isRefusedLogin } from "../reading/database.ts";
import { log } from "../serving/log.ts";
import { serve } from "../serving/serve.ts";

/*
 * A container whose values ECS copies into its environment when it starts:
 *
 *     consumers:
 *       worker:
 *         kind: ecs
 *         port: 8080
 *         environment:
 *           DB_HOST: database.host
 *           DB_NAME: database.dbname
 *           DB_PORT: database.port
 *           DB_USER: database.username
 *           DB_PASSWORD: database.password
 *         rollout: { cluster: orders, service: worker }
 *
 * A rotation does not reach a running task. With alternating users the login it started with stays good until the next
 * rotation but one, and `rollout` replaces the tasks long before. Should a login be refused all the same, the task ends,
 * and ECS starts another, which gets the values of that moment.
 */

const connectTimeoutMilliseconds = 5_000;

const settings = readEnvironment("DB_HOST", "DB_NAME", "DB_PORT", "DB_USER", "DB_PASSWORD");
const pool = new pg.Pool({
  host: settings.DB_HOST,
  database: settings.DB_NAME,
  port: Number(settings.DB_PORT),
  user: settings.DB_USER,
  password: settings.DB_PASSWORD,
  // Checks certificate and host name; NODE_EXTRA_CA_CERTS names Amazon's certificate authorities.
  ssl: true,
  connectionTimeoutMillis: connectTimeoutMilliseconds,
});
// A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
pool.on("error", (error) => log("info", "an idle connection was lost", { reason: error.message }));

const { stop } = serve(
  async () => {
    try {
      await pool.query("SELECT 1");
      return 200;
    } catch (error) {
      if (isRefusedLogin(error)) {
        log("error", "the login was refused; ending, so that ECS starts a task with the present one");
        process.exitCode = 1;
        // After this answer.
        setImmediate(() => stop());
      }
      return 503;
    }
  },
  () => pool.end(),
);

/** All of them, or an error that names every one that is missing. */
function readEnvironment<Name extends string>(...names: Name[]): Record<Name, string> {
  const missing = names.filter((name) => !process.env[name]);
  if (missing.length > 0) {
    log("error", "variables are missing; name them in `environment` of the consumer", { missing });
    process.exit(1);
  }
  return Object.fromEntries(names.map((name) => [name, process.env[name]])) as Record<Name, string>;
}
