import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import type { ReadOptions } from "./values.ts";

/** Fields of a database secret that a client needs. */
export interface Login {
  readonly host: string;
  readonly port: number;
  readonly dbname: string;
  readonly username: string;
  readonly password: string;
}

const connectTimeoutMilliseconds = 5_000;

/**
 * Milliseconds before the secret is read again, each time the login of it is refused: a rotation of a single user sets the
 * password some seconds before the secret holds it.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotation-strategy.html
 */
const pauses = [0, 1_000, 2_000, 4_000] as const;

/**
 * A pool of connections that outlives rotations: where the server refuses its login, the secret is read again, and a
 * pool with the new one takes its place. No statement runs twice, since a refused login ran none.
 *
 * Neither Powertools nor AWS's caching libraries know of PostgreSQL. A pool of `pg` takes a function for the password,
 * but not for the user, and with alternating users both change.
 */
export class Database {
  readonly #login: (options: ReadOptions) => Promise<Login>;
  #pool: Promise<pg.Pool> | undefined;

  /** @param login reads the secret; `fresh` past what is kept */
  constructor(login: (options: ReadOptions) => Promise<Login>) {
    this.#login = login;
  }

  async query<Row extends pg.QueryResultRow>(text: string, parameters: unknown[] = []): Promise<Row[]> {
    const run = async (pool: Promise<pg.Pool>) => (await (await pool).query<Row>(text, parameters)).rows;
    let pool = this.#pool ?? this.#open({});
    for (const pause of pauses) {
      try {
        return await run(pool);
      } catch (error) {
        if (!isRefusedLogin(error)) throw error;
      }
      await wait(pause);
      // Of queries that are refused together the first reads again. The old pool closes its connections when they idle.
      pool = this.#pool === undefined || this.#pool === pool ? this.#open({ fresh: true }) : this.#pool;
    }
    return run(pool);
  }

  async end(): Promise<void> {
    await (await this.#pool)?.end();
  }

  #open(options: ReadOptions): Promise<pg.Pool> {
    const opened = this.#login(options).then(newPool);
    this.#pool = opened;
    opened.catch(() => {
      if (this.#pool === opened) this.#pool = undefined;
    });
    return opened;
  }
}

function newPool({ host, port, dbname, username, password }: Login): pg.Pool {
  const pool = new pg.Pool({
    ...{ host, port, database: dbname, user: username, password },
    // Checks certificate and host name; NODE_EXTRA_CA_CERTS names Amazon's certificate authorities.
    ssl: true,
    connectionTimeoutMillis: connectTimeoutMilliseconds,
  });
  // A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
  pool.on("error", () => undefined);
  return pool;
}

/**
 * `invalid_password` and `invalid_authorization_specification`.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export function isRefusedLogin(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "28P01" || error.code === "28000");
}
