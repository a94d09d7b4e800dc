import { createServer } from "node:http";
import pg from "pg";

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
 *           LOG_LEVEL: log-level
 *         rollout: { cluster: orders, service: worker }
 *
 * A rotation does not reach a running task. With alternating users the login it started with stays good until the next
 * rotation but one, and `rollout` replaces the tasks long before. Should a login be refused all the same, the task ends,
 * and ECS starts another, which gets the values of that moment.
 */

const port = Number(process.env["PORT"] ?? 8080);
const connectTimeoutMilliseconds = 5_000;

const settings = readEnvironment("DB_HOST", "DB_NAME", "DB_PORT", "DB_USER", "DB_PASSWORD", "LOG_LEVEL");
const pool = new pg.Pool({
  host: settings.DB_HOST,
  database: settings.DB_NAME,
  port: Number(settings.DB_PORT),
  user: settings.DB_USER,
  password: settings.DB_PASSWORD,
  connectionTimeoutMillis: connectTimeoutMilliseconds,
});
// A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
pool.on("error", (error) => log("info", "an idle connection was lost", { reason: error.message }));

const server = createServer((_request, response) => {
  pool.query("SELECT 1").then(
    () => response.writeHead(200).end(),
    (error: unknown) => {
      response.writeHead(503).end();
      if (isRefusedLogin(error)) {
        log("error", "the login was refused; ending, so that ECS starts a task with the present one");
        process.exitCode = 1;
        stop();
      }
    },
  );
});
server.listen(port, () => log("debug", "listening", { port }));
process.on("SIGTERM", stop);

function stop(): void {
  server.close();
  server.closeAllConnections();
  void pool.end();
}

/** All of them, or an error that names every one that is missing. */
function readEnvironment<Name extends string>(...names: Name[]): Record<Name, string> {
  const missing = names.filter((name) => !process.env[name]);
  if (missing.length > 0) {
    log("error", "variables are missing; name them in `environment` of the consumer", { missing });
    process.exit(1);
  }
  return Object.fromEntries(names.map((name) => [name, process.env[name]])) as Record<Name, string>;
}

/** `invalid_password` and `invalid_authorization_specification` of PostgreSQL. */
function isRefusedLogin(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "28P01" || error.code === "28000");
}

function log(level: "debug" | "info" | "error", message: string, details: object = {}): void {
  if (level === "debug" && process.env["LOG_LEVEL"] !== "debug") return;
  process.stdout.write(`${JSON.stringify({ level, message, ...details })}\n`);
}
