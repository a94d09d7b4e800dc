import assert from "node:assert/strict";
import { lines, load } from "../catalogue/support";

interface Login {
  readonly engine?: string;
  readonly user: string;
  readonly strategy?: "single-user" | "alternating-users";
  readonly host?: string;
  readonly port?: number;
  readonly environments?: string;
}

/** A service with one login, and an administrator that no other service has. */
function service(name: string, login: Login): string {
  const { engine = "postgres", strategy = "single-user", host = "db.internal", port = 5432 } = login;
  const database = (user: string) =>
    `{ host: "${host}", port: ${port}, name: ${engine === "documentdb" ? "admin" : "main"}, username: "${user}" }`;
  return [
    `service: ${name}`,
    `owner: ${name}@example.com`,
    "description: Takes orders",
    `environments: ${login.environments ?? "[staging, prod]"}`,
    "secrets:",
    "  login:",
    "    description: Login",
    `    rotation: { method: ${engine}-${strategy}, every: 30 days${strategy === "single-user" ? "" : ", admin: admin"} }`,
    `    database: ${database(login.user)}`,
    "  admin:",
    "    description: Administrator",
    `    rotation: { method: ${engine}-single-user, every: 30 days }`,
    `    database: ${database(`admin_of_${name}`)}`,
  ].join("\n");
}

const found = (one: Login, other: Login): readonly string[] =>
  lines(load({ orders: service("orders", one), stock: service("stock", other) }));

describe("a user of a database in the secrets of two services", () => {
  const alternating = { strategy: "alternating-users" } as const;
  const same: Readonly<Record<string, readonly [Login, Login]>> = {
    "written alike": [{ user: "app" }, { user: "app" }],
    "at a host in other letters, with a dot behind it": [
      { user: "app" },
      { user: "app", host: "DB.INTERNAL." },
    ],
    "at an address in another form": [
      { engine: "mysql", user: "app", host: "fd00:0:0::7" },
      { engine: "mysql", user: "app", host: "FD00::0007" },
    ],
    "at an address of IPv4 mapped into IPv6": [
      { engine: "mysql", user: "app", host: "10.0.0.7" },
      { engine: "mysql", user: "app", host: "::FFFF:a00:7" },
    ],
    "the one alternating": [{ user: "app", ...alternating }, { user: "app" }],
    "the second of alternating users there": [{ user: "app", ...alternating }, { user: "app_clone" }],
    "the second of alternating users here": [{ user: "app_clone" }, { user: "app", ...alternating }],
    "in other letters, where SQL Server ignores case": [
      { engine: "sqlserver", user: "App" },
      { engine: "sqlserver", user: "aPP" },
    ],
    "in other letters, where Oracle ignores case": [
      { engine: "oracle", user: "app", ...alternating },
      { engine: "oracle", user: "App_Clone" },
    ],
    "in other environments, at an endpoint of AWS": [
      { user: "app", environments: "[staging]", host: "db.c7tj4example.eu-west-1.rds.amazonaws.com" },
      { user: "app", environments: "[prod]", host: "db.c7tj4example.eu-west-1.rds.amazonaws.com" },
    ],
  };
  for (const [how, [one, other]] of Object.entries(same)) {
    it(`is refused ${how}, naming both places`, () => {
      const problems = found(one, other);
      assert.equal(problems.length, 1, problems.join("\n"));
      assert.match(
        problems[0]!,
        /^services\/stock\.yaml:9:\d+ secrets\.login\.database\.username: .*\(services\/orders\.yaml:9:\d+, in /,
      );
    });
  }

  const different: Readonly<Record<string, readonly [Login, Login]>> = {
    "of another name": [{ user: "app" }, { user: "app2" }],
    "of another host": [{ user: "app" }, { user: "app", host: "db2.internal" }],
    "of another port": [{ user: "app" }, { user: "app", port: 5433 }],
    "in other letters, where PostgreSQL heeds case": [{ user: "app" }, { user: "App" }],
    "in other letters, where MySQL heeds case": [
      { engine: "mysql", user: "app", ...alternating },
      { engine: "mysql", user: "app_CLONE" },
    ],
    "that only looks like a second one": [{ user: "app" }, { user: "app_clone" }],
    "in other environments, at a name of one's own": [
      { user: "app", environments: "[staging]" },
      { user: "app", environments: "[prod]" },
    ],
  };
  for (const [how, [one, other]] of Object.entries(different)) {
    it(`is another one ${how}`, () => assert.deepEqual(found(one, other), []));
  }

  it("is refused in every further service, naming the first", () => {
    const names = ["orders", "stock", "vault"];
    const problems = lines(
      load(Object.fromEntries(names.map((name) => [name, service(name, { user: "app" })]))),
    );
    assert.deepEqual(
      problems.map((line) => /^services\/(\w+).*\(services\/(\w+)/.exec(line)?.slice(1)),
      [
        ["stock", "orders"],
        ["vault", "orders"],
      ],
    );
  });
});
