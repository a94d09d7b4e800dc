import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, escapeLiteral } from "pg";
import { composedValue } from "../../../../model/values/plannedForm";
import { rotationHandler } from "../../../../functions/rotation/handler";
import { postgresRotator } from "../../../../functions/rotation/postgres/rotator";
import { databaseForm, formTagValue } from "../../../../model/values/databaseForm";
import { formTag, unsetTag } from "../../../../model/values/tags";
import type { Login } from "../../../functions/support/databaseSecrets";
import { lambdaContext } from "../../../functions/support/rotation";
import type { PostgresServer } from "../../../support/postgres/server";
import type { Cloud } from "./cloud";
import type { LambdaDouble } from "./lambda";
import { planFrom } from "./plan";
import { platform } from "./platform";
import { type OperationsDouble, startOperationsDouble } from "./secretsManager";

/** What a manifest says of one login. */
export interface ManifestLogin {
  readonly at: Pick<PostgresServer, "host" | "port">;
  readonly name: string;
  readonly username: string;
  /** Name of the administrator's secret; absent: a single user. */
  readonly admin?: string;
}

/**
 * One service's logins in a real PostgreSQL, its manifest, and the commands a platform team has for them; the rotation
 * function runs in this process. Remembers every password, and that none is told.
 */
export class DatabaseDay {
  readonly #said: string[] = [];
  readonly #passwords = new Set<string>();
  #folder = "";

  private constructor(
    private readonly cloud: Cloud,
    private readonly lambda: LambdaDouble,
    readonly double: OperationsDouble,
  ) {}

  static async start(cloud: Cloud, lambda: LambdaDouble): Promise<DatabaseDay> {
    await cloud.reset();
    const double = await startOperationsDouble();
    cloud.proxy.use(double);
    return new DatabaseDay(cloud, lambda, double);
  }

  /** Writes the manifest and makes what is new in it, as `pulumi up` does: logins without a password yet. */
  manifest(logins: Readonly<Record<string, ManifestLogin>>): void {
    if (this.#folder !== "") rmSync(this.#folder, { recursive: true });
    this.#folder = mkdtempSync(join(tmpdir(), "manifest-"));
    writeFileSync(join(this.#folder, "shop.yaml"), manifestText(logins));
    const planned = planFrom(this.#folder).secrets;
    const { secrets } = this.double.service;
    const known = new Map(planned.map(({ name }) => [name, this.#secret(name)]));
    for (const { name, shape, rotation } of planned) {
      const secret = known.get(name) ?? this.double.create(name);
      secret.rotationFunction = rotation.functionArn;
      if (known.get(name) !== undefined || shape.form !== "database") continue;
      const compose = composedValue(shape, rotation.admin && secrets.find(rotation.admin).arn);
      secrets.put(secret, "stand-in", JSON.stringify(compose("unset")), ["AWSCURRENT"]);
      Object.assign(secret.tags, { [unsetTag]: "true", [formTag]: formTagValue(databaseForm(compose)) });
    }
    const handlerOf = (functionArn: string) => {
      const handler = rotationHandler({
        client: this.double.service.client(),
        rotator: postgresRotator(false),
        settings: {
          secrets: planned.map(({ name }) => name),
          administrators: Object.fromEntries(
            planned.flatMap(({ name, rotation: { admin } }) => (admin === undefined ? [] : [[name, admin]])),
          ),
        },
        write: (line) => this.#said.push(line),
      });
      return (event: unknown) => handler(event, lambdaContext(functionArn));
    };
    this.double.functionOf = ({ rotationFunction = "" }) => handlerOf(rotationFunction);
    this.lambda.invoke = (functionArn, event) => handlerOf(functionArn)(event);
  }

  #secret(name: string) {
    try {
      return this.double.service.secrets.find(name);
    } catch {
      return undefined;
    }
  }

  /** A password made up by hand, for the database and the command alike. */
  password(): string {
    const password = `canary${randomBytes(12).toString("hex")}`;
    this.#passwords.add(password);
    return password;
  }

  /** `ALTER ROLE ... PASSWORD`, as somebody does by hand, and the same to `platform set`. */
  async give(server: PostgresServer, user: string, item: string): Promise<string> {
    const password = this.password();
    await server.query(`ALTER ROLE "${user}" PASSWORD ${escapeLiteral(password)}`);
    return this.done(["set", `shop/prod/${item}`], password);
  }

  async run(args: readonly string[], input = "") {
    const env = { ...(await this.cloud.signedIn("security")), AWS_ENDPOINT_URL_LAMBDA: this.lambda.endpoint };
    const ran = await platform([...args, "--services", this.#folder], { env, input });
    this.#said.push(ran.stdout, ran.stderr, ...ran.argv);
    return ran;
  }

  async done(args: readonly string[], input = ""): Promise<string> {
    const { code, stdout, stderr } = await this.run(args, input);
    assert.equal(code, 0, `platform ${args.join(" ")}: ${stdout}${stderr}`);
    return stdout;
  }

  /** What status says of a login of production: its state and advice. */
  async statusOf(item: string): Promise<{ readonly state: string; readonly advice: string }> {
    const { stdout } = await this.run(["status", "--stack", "security", "--format", "json"]);
    const { stacks } = JSON.parse(stdout) as {
      stacks: { items: { item: string; state: string; findings: { matter: string; remedy: string }[] }[] }[];
    };
    const found = stacks.flatMap(({ items }) => items).find((each) => each.item === `shop/prod/${item}`);
    const advice = (found?.findings ?? []).map(({ matter, remedy }) => `${matter}; ${remedy}`).join("\n");
    return { state: found?.state ?? "absent", advice };
  }

  current(item: string): Login {
    const { secrets } = this.double.service;
    return JSON.parse(secrets.value(secrets.find(`shop/prod/${item}`), {}).value) as Login;
  }

  /** A rotation that fails on its way and leaves its version pending, of the form that is current now. */
  leavePending(item: string): void {
    const { secrets } = this.double.service;
    const value = JSON.stringify({ ...this.current(item), password: this.password() });
    secrets.put(secrets.find(`shop/prod/${item}`), "left-pending", value, ["AWSPENDING"]);
  }

  async end(): Promise<void> {
    if (this.#folder !== "") rmSync(this.#folder, { recursive: true });
    await this.double.close();
    const said = this.#said.join("\n");
    for (const { versions } of [this.#secret("shop/prod/database"), this.#secret("shop/prod/admin")].flatMap(
      (secret) => secret ?? [],
    )) {
      for (const { value = "{}" } of versions) {
        // What the double itself begins with is no JSON.
        const { password } = value.startsWith("{") ? (JSON.parse(value) as Partial<Login>) : {};
        if (password !== undefined && password !== "unset") this.#passwords.add(password);
      }
    }
    for (const password of this.#passwords) assert.ok(!said.includes(password), "a password was told");
  }
}

/** Logs in as a client of the secret does; ends in the user and the database it is in. */
export async function whoLogsIn({ host, port, dbname, username, password }: Login): Promise<string> {
  const client = new Client({ host, port, database: dbname, user: username, password });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ who: string }>(
      "SELECT format('%s in %s at %s', session_user, current_database(), inet_server_port()) AS who",
    );
    return rows[0]?.who ?? "";
  } finally {
    await client.end();
  }
}

function manifestText(logins: Readonly<Record<string, ManifestLogin>>): string {
  const secrets = Object.entries(logins).map(([item, { at, name, username, admin }]) => {
    const method = admin === undefined ? "postgres-single-user" : "postgres-alternating-users";
    const rotation = [
      `method: ${method}`,
      "every: 30 days",
      "hosted: platform",
      ...(admin ? [`admin: ${admin}`] : []),
    ];
    return [
      `  ${item}:`,
      "    description: A login",
      `    rotation: { ${rotation.join(", ")} }`,
      `    database: { host: ${at.host}, port: ${at.port}, name: ${name}, username: ${username} }`,
    ].join("\n");
  });
  return [
    "service: shop",
    "owner: shop-team@example.com",
    "description: Logins that move",
    "environments: [prod]",
    "secrets:",
    ...secrets,
    "consumers:",
    `  api: { kind: lambda, reads: [${Object.keys(logins).join(", ")}] }`,
    "",
  ].join("\n");
}
