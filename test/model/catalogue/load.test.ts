import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadCatalogue } from "../../../model/catalogue/load";
import type { Catalogue, Service } from "../../../model/catalogue/types";
import { lines, load, loadValid, orders, root, surroundings } from "./support";

/** The manifest of the design page, as it stands there. */
const designExample = `# yaml-language-server: $schema=service.schema.json
service: orders
owner: orders-team@example.com
description: Takes and tracks customer orders
environments: [staging, prod]

secrets:                       # rotate: Secrets Manager, in the security account
  database:
    description: Login of the orders database
    rotation: { method: postgres-alternating-users, every: 30 days, admin: database-admin }
    database: { host: { staging: db.staging.internal, prod: db.prod.internal }, port: 5432, name: orders, username: orders }
  database-admin:
    description: Administrator that changes the passwords above
    rotation: { method: postgres-single-user, every: 90 days }
    database: { host: { staging: db.staging.internal, prod: db.prod.internal }, port: 5432, name: postgres, username: admin }
  webhook-signing-key:
    description: Signs the webhooks we send
    rotation: { method: generated, every: 90 days }     # this platform's own rotation function

parameters:                    # do not rotate: Parameter Store
  log-level:       { description: Verbosity, type: String, value: { staging: debug, prod: info } }
  allowed-origins: { description: CORS origins, type: StringList, value: [https://shop.example.com] }
  partner-token:                # supplied with \`platform set\`
    description: Token the shipping partner gave us
    type: SecureString
    expires: { after: 90 days, warn: 14 days }          # implies the Advanced tier

consumers:
  api:     { kind: lambda,    reads: [database, webhook-signing-key, partner-token, log-level] }
  worker:  { kind: ecs,       environment: { DB_USER: database.username, DB_PASSWORD: database.password, LOG_LEVEL: log-level } }
  reports: { kind: ec2,       reads: [database] }
  release: { kind: codebuild, environment: { SIGNING_KEY: webhook-signing-key } }
`;

function only(catalogue: Catalogue): Service {
  assert.equal(catalogue.services.length, 1);
  return catalogue.services[0]!;
}

function parameterOf(body: string, consumers = "") {
  const text = orders(`parameters:\n  setting: { description: A setting, ${body} }\n${consumers}`);
  return only(loadValid({ orders: text })).parameters[0]!;
}

function consumerOf(body: string) {
  return only(loadValid({ orders: orders(`consumers:\n  worker: { ${body} }`) })).consumers[0]!;
}

describe("loading manifests", () => {
  it("gives each field its form, whatever the field is called", () => {
    const fields = ["constructor", "toString", "valueOf", "other"];
    const generated = { length: 40, fields: { other: { uuid: true } } };
    const rotation = { method: "generated", every: "30 days" };
    const secrets = JSON.stringify({ key: { description: "Keys", rotation, fields, generated } });
    const [key] = only(loadValid({ orders: orders(`secrets: ${secrets}`) })).secrets;
    const form = { length: 40, alphabet: "alphanumeric" };
    assert.deepEqual(key!.generated, {
      fields: { constructor: form, toString: form, valueOf: form, other: { uuid: true } },
    });
  });

  it("loads the design's own example, with every default filled in", () => {
    const service = only(loadValid({ orders: designExample }));
    assert.deepEqual(service.environments, ["staging", "prod"]);
    assert.deepEqual(
      service.secrets.map(({ name, fields, rotation }) => [name, fields.length, rotation]),
      [
        [
          "database",
          6,
          {
            method: "database",
            engine: "postgres",
            strategy: "alternating-users",
            schedule: { expression: "rate(30 days)", longestDays: 30 },
            hosted: "aws",
            admin: { service: "orders", item: "database-admin" },
          },
        ],
        [
          "database-admin",
          6,
          {
            method: "database",
            engine: "postgres",
            strategy: "single-user",
            schedule: { expression: "rate(90 days)", longestDays: 90 },
            hosted: "aws",
          },
        ],
        [
          "webhook-signing-key",
          0,
          { method: "generated", schedule: { expression: "rate(90 days)", longestDays: 90 } },
        ],
      ],
    );
    assert.deepEqual(service.secrets[0]!.database, {
      staging: { host: "db.staging.internal", port: 5432, name: "orders", username: "orders" },
      prod: { host: "db.prod.internal", port: 5432, name: "orders", username: "orders" },
    });
    assert.deepEqual(service.secrets[0]!.at, { file: "services/orders.yaml", line: 8, column: 3 });
    assert.deepEqual(
      service.parameters.map(({ name, type, tier, value, home, expires }) => [
        name,
        type,
        tier,
        value,
        home,
        expires,
      ]),
      [
        ["log-level", "String", "Standard", { staging: "debug", prod: "info" }, "workload", undefined],
        [
          "allowed-origins",
          "StringList",
          "Standard",
          { staging: "https://shop.example.com", prod: "https://shop.example.com" },
          "workload",
          undefined,
        ],
        [
          "partner-token",
          "SecureString",
          "Advanced",
          undefined,
          "security",
          { never: false, afterDays: 90, warnDays: 14 },
        ],
      ],
    );
    const [api, worker, reports, release] = service.consumers;
    assert.deepEqual(
      api!.reads.map(({ item }) => item),
      ["database", "webhook-signing-key", "partner-token", "log-level"],
    );
    assert.deepEqual(worker!.environment[1], {
      variable: "DB_PASSWORD",
      reference: {
        service: "orders",
        item: "database",
        field: "password",
      },
    });
    assert.deepEqual(reports!.environment, []);
    assert.equal(release!.kind, "codebuild");
  });

  it("fills in the defaults of each kind of consumer", () => {
    const { at, ...lambda } = consumerOf("kind: lambda, code: examples/typescript/lambda/dist");
    assert.deepEqual(at, { file: "services/orders.yaml", line: 6, column: 3 });
    assert.deepEqual(lambda, {
      ...{ name: "worker", kind: "lambda", reads: [], environment: [], variables: [] },
      function: {
        ...{ code: "examples/typescript/lambda/dist", handler: "index.handler", runtime: "nodejs24.x" },
        ...{ memoryMiB: 256, timeoutSeconds: 30 },
        ...{ architecture: "arm64", layers: [], extension: false, ephemeralStorageMiB: 512 },
      },
    });
    const task = consumerOf("kind: ecs, image: nginx");
    assert.ok(task.kind === "ecs");
    assert.deepEqual([task.task?.cpu, task.task?.memoryMiB], [256, 512]);
    const larger = consumerOf("kind: ecs, image: nginx, cpu: 4096");
    assert.ok(larger.kind === "ecs");
    assert.equal(larger.task?.memoryMiB, 8192);
    const build = consumerOf("kind: codebuild, buildspec: { commands: [make] }");
    assert.ok(build.kind === "codebuild");
    assert.deepEqual([build.project?.source, build.project?.buildspec], [undefined, { commands: ["make"] }]);
    assert.equal(build.project?.image, "aws/codebuild/amazonlinux-x86_64-standard:5.0");
  });

  it("takes a consumer of each kind for its role alone where nothing asks for its compute", () => {
    const at = { file: "services/orders.yaml", line: 6, column: 3 };
    const common = { name: "worker", reads: [], environment: [], variables: [], at };
    assert.deepEqual(consumerOf("kind: lambda"), { ...common, kind: "lambda" });
    assert.deepEqual(consumerOf("kind: ec2"), { ...common, kind: "ec2" });
    const repository = "222222222222.dkr.ecr.eu-west-1.amazonaws.com/orders";
    for (const kind of ["ecs", "codebuild"]) {
      const logins = kind === "ecs" && { repositoryCredentials: [] };
      assert.deepEqual(consumerOf(`kind: ${kind}`), { ...common, kind, repositories: [], ...logins });
      const pulling = consumerOf(`kind: ${kind}, repositories: ["${repository}"]`);
      assert.deepEqual(pulling, { ...common, kind, repositories: [repository], ...logins });
    }
    const { rollout } = consumerOf("kind: ecs, rollout: { cluster: main, service: web }") as {
      rollout?: unknown;
    };
    assert.deepEqual(rollout, { cluster: "main", service: "web" });
  });

  it("takes plain variables as written, for all environments or for each", () => {
    for (const kind of ["lambda", "ecs", "codebuild"]) {
      const { variables } = consumerOf(
        `kind: ${kind}, variables: { NODE_ENV: production, RATE: 1.10, ON: True, LEVEL: { staging: debug, prod: "" } }`,
      );
      assert.deepEqual(variables, [
        { variable: "NODE_ENV", value: { staging: "production", prod: "production" } },
        { variable: "RATE", value: { staging: "1.10", prod: "1.10" } },
        { variable: "ON", value: { staging: "True", prod: "True" } },
        { variable: "LEVEL", value: { staging: "debug", prod: "" } },
      ]);
    }
  });

  it("reads the containers of a task, with what each has of its own", () => {
    const consumer = consumerOf(
      "kind: ecs, image: nginx, ports: [80, 8125/udp], user: 101, writable: [/tmp], stopTimeout: 2 minutes, " +
        "healthCheck: { command: [/bin/true] }, containers: { proxy: { image: envoy, port: 9901, " +
        'variables: { MODE: edge }, writable: { /run: 8 }, healthCheck: { command: "true", interval: 1 minute } } }',
    );
    assert.ok(consumer.kind === "ecs");
    const { task, variables } = consumer;
    const { imageAt, sidecars, ...main } = task!;
    assert.equal(imageAt.line, 6);
    assert.deepEqual(main, {
      ...{ image: "nginx", cpu: 256, memoryMiB: 512, architecture: "x86_64", user: "101" },
      ports: [
        { port: 80, protocol: "tcp" },
        { port: 8125, protocol: "udp" },
      ],
      writable: [{ path: "/tmp", sizeMiB: 64 }],
      healthCheck: { command: ["CMD", "/bin/true"], intervalSeconds: 30, timeoutSeconds: 5, retries: 3 },
      stopTimeoutSeconds: 120,
    });
    const { proxy } = sidecars;
    assert.deepEqual(proxy?.writable, [{ path: "/run", sizeMiB: 8 }]);
    assert.deepEqual(proxy?.healthCheck?.command, ["CMD-SHELL", "true"]);
    assert.equal(proxy?.healthCheck?.intervalSeconds, 60);
    assert.deepEqual(variables, [
      { variable: "MODE", value: { staging: "edge", prod: "edge" }, container: "proxy" },
    ]);
  });

  it("reads files that hold values, in folders in memory, and which containers run before the others", () => {
    const items =
      "secrets:\n  pair: { description: Pair, fields: [key, name], rotation: { method: generated, every: 9 days } }\n";
    const task =
      "kind: ecs, image: nginx, entryPoint: [/start], writable: [/run], " +
      "files: { /run/key.pem: pair.key, /etc/tls/pair.json: pair, /etc/tls/name: pair.name }, " +
      "containers: { migrate: { image: app, init: true, entryPoint: [app], files: { /run/key: pair.key } }, " +
      "proxy: { image: envoy, init: false } }";
    const { consumers } = only(loadValid({ orders: orders(`${items}consumers:\n  worker: { ${task} }`) }));
    const consumer = consumers[0]!;
    assert.ok(consumer.kind === "ecs");
    const { entryPoint, writable, sidecars } = consumer.task!;
    assert.deepEqual(entryPoint, ["/start"]);
    assert.deepEqual(writable, [
      { path: "/run", sizeMiB: 64 },
      { path: "/etc/tls", sizeMiB: 1 },
    ]);
    const { migrate, proxy } = sidecars;
    assert.deepEqual([migrate?.init, proxy?.init], [true, undefined]);
    assert.deepEqual(migrate?.writable, [{ path: "/run", sizeMiB: 1 }]);
    assert.deepEqual(
      consumer.environment.map(({ variable, file, container, reference }) => [
        variable,
        file,
        container,
        [reference.item, reference.field].join("."),
      ]),
      [
        ["PLATFORM_FILE_1", "/run/key.pem", undefined, "pair.key"],
        ["PLATFORM_FILE_2", "/etc/tls/pair.json", undefined, "pair."],
        ["PLATFORM_FILE_3", "/etc/tls/name", undefined, "pair.name"],
        ["PLATFORM_FILE_1", "/run/key", "migrate", "pair.key"],
      ],
    );
  });

  it("says where AWS publishes no extension for a function's processors", () => {
    const text = orders(
      "consumers:\n  api: { kind: lambda, code: examples/typescript/lambda/dist, extension: true }",
    );
    const result = loadCatalogue({
      ...surroundings,
      root,
      region: "eu-central-2",
      files: { "orders.yaml": text },
    });
    assert.deepEqual(lines(result), [
      "services/orders.yaml:6:63 consumers.api.extension: no layer of the extension is known for arm64 in eu-central-2; " +
        "AWS publishes it by region and by processors; use `architecture: x86_64`, or name its layer under `layers`",
    ]);
  });

  it("tells a build's source by its address", () => {
    const sourceOf = (address: string) => {
      const build = consumerOf(`kind: codebuild, source: "${address}"`);
      assert.ok(build.kind === "codebuild");
      assert.deepEqual(build.project?.buildspec, { file: "buildspec.yml" });
      return build.project?.source;
    };
    assert.deepEqual(sourceOf("https://github.com/example/orders"), {
      type: "GITHUB",
      location: "https://github.com/example/orders",
    });
    assert.deepEqual(sourceOf("s3://example-builds/orders/source.zip"), {
      type: "S3",
      location: "example-builds/orders/source.zip",
    });
    const repository = "https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/orders";
    assert.deepEqual(sourceOf(repository), { type: "CODECOMMIT", location: repository });
  });

  it("puts a SecureString where it can be read", () => {
    const secure = "type: SecureString, expires: { after: 90 days }";
    assert.equal(parameterOf(secure).home, "security");
    assert.equal(parameterOf(secure, "consumers:\n  a: { kind: lambda, reads: [setting] }").home, "security");
    assert.equal(
      parameterOf(secure, "consumers:\n  a: { kind: ecs, environment: { A: setting } }").home,
      "workload",
    );
    assert.equal(parameterOf(`${secure}, home: workload`).home, "workload");
    const shared = orders(
      `parameters:\n  setting: { description: A setting, ${secure}, shareWith: [payments] }`,
    );
    const payments = orders(
      "consumers:\n  a: { kind: codebuild, environment: { A: orders/setting } }",
    ).replaceAll("orders-team", "payments-team");
    const { services } = loadValid({
      orders: shared,
      payments: payments.replace("service: orders", "service: payments"),
    });
    assert.equal(services[0]!.parameters[0]!.home, "workload");
  });

  it("takes numbers and booleans as written", () => {
    assert.deepEqual(parameterOf("type: String, value: 1.10").value, { staging: "1.10", prod: "1.10" });
    assert.deepEqual(parameterOf("type: String, value: 0x1F").value, { staging: "0x1F", prod: "0x1F" });
    assert.deepEqual(parameterOf("type: String, value: { staging: True, prod: 1e3 }").value, {
      staging: "True",
      prod: "1e3",
    });
    assert.deepEqual(parameterOf("type: String, value: yes").value, { staging: "yes", prod: "yes" });
    assert.deepEqual(parameterOf("type: String, value: 2026-11-24").value?.["prod"], "2026-11-24");
    assert.deepEqual(
      parameterOf("type: StringList, value: [1.0, a b, false]").value?.["prod"],
      "1.0,a b,false",
    );
  });

  it("counts values in bytes of UTF-8, up to the limit", () => {
    const sized = (bytes: number, more = ""): string =>
      orders(
        `parameters:\n  setting: { description: A setting, type: String, value: '${"ë ".repeat(bytes / 3)}'${more} }`,
      );
    const most = 4095;
    assert.equal("ë ".repeat(most / 3).length, 2730);
    assert.deepEqual(lines(load({ orders: sized(most) })), []);
    assert.match(lines(load({ orders: sized(most + 3) }))[0]!, /4098 bytes/);
    assert.deepEqual(lines(load({ orders: sized(8190, ", tier: advanced") })), []);
    assert.match(lines(load({ orders: sized(8193, ", tier: advanced") }))[0]!, /8193 bytes/);
  });

  it("takes a byte order mark, line feeds with carriage returns, anchors and comments", () => {
    const text = orders(
      [
        "parameters:",
        "  one: &one { description: &words A setting, type: String, value: x } # comment",
        "  two: { description: *words, type: String, value: y }",
        "  three: *one",
      ].join("\n"),
    );
    const names = ["one", "two", "three"];
    for (const variant of [text, `\ufeff${text}`, text.replaceAll("\n", "\r\n")]) {
      const service = only(loadValid({ orders: variant }));
      assert.deepEqual(
        service.parameters.map(({ name }) => name),
        names,
      );
      assert.deepEqual(service.parameters[2]!.at, { file: "services/orders.yaml", line: 8, column: 3 });
    }
    const marked = lines(load({ orders: `\ufeff${text.replace("service: orders", "service: order")}` }));
    assert.match(marked[0]!, /^services\/orders\.yaml:1:10 service: /);
  });

  it("points into a repeated value where it was written", () => {
    const text = orders(
      "secrets:\n  one:\n    description: x\n    rotation: &often { method: generated, every: 1 week }\n  two:\n    description: y\n    rotation: *often",
    );
    assert.deepEqual(
      lines(load({ orders: text })).map((line) => line.split(" found")[0]),
      [
        "services/orders.yaml:8:50 secrets.one.rotation.every:",
        "services/orders.yaml:8:50 secrets.two.rotation.every:",
      ],
    );
  });

  it("survives aliases that would expand without end", () => {
    const bomb = ["a: &a [x, x, x, x, x, x, x, x, x, x]"];
    for (let depth = 1; depth < 9; depth++) {
      const [from, to] = ["abcdefghi"[depth - 1], "abcdefghi"[depth]];
      bomb.push(`${to}: &${to} [${Array.from({ length: 10 }, () => `*${from}`).join(", ")}]`);
    }
    assert.ok(lines(load({ orders: bomb.join("\n") })).some((line) => line.includes("100,000 values")));
    assert.ok(lines(load({ orders: "a: &a [*a]" })).some((line) => line.includes("alias")));
  });

  it("lists services by name and items in the order of the manifest", () => {
    const manifest = (service: string, names: readonly string[]): string =>
      orders(`consumers:\n${names.map((name) => `  ${name}: { kind: lambda }`).join("\n")}`).replaceAll(
        "orders",
        service,
      );
    const { services } = loadValid({
      stock: manifest("stock", ["b", "a"]),
      mail: manifest("mail", ["z", "y"]),
    });
    assert.deepEqual(
      services.map(({ name, consumers }) => [name, ...consumers.map((consumer) => consumer.name)]),
      [
        ["mail", "z", "y"],
        ["stock", "b", "a"],
      ],
    );
  });

  it("spreads `retire` of a service over its items", () => {
    const text = orders(
      "retire: true\nparameters:\n  setting: { description: A setting, type: String, value: x }",
    );
    const service = only(loadValid({ orders: text }));
    assert.deepEqual([service.retire, service.parameters[0]!.retire], [true, true]);
  });

  it("does not call what a broken file may hold missing", () => {
    const reader = orders("consumers:\n  a: { kind: lambda, reads: [payments/key] }");
    const broken = lines(load({ orders: reader, payments: "service: [payments" }));
    assert.deepEqual(
      broken.map((line) => line.split(" ")[0]),
      ["services/payments.yaml:1:19"],
    );
    const half = lines(
      load({
        orders: reader,
        payments: orders(
          "secrets:\n  key: { description: Key, shareWith: [orders], rotation: { method: magic } }",
        ).replace("service: orders", "service: payments"),
      }),
    );
    assert.equal(half.length, 2, half.join("\n"));
    assert.ok(half.every((line) => line.startsWith("services/payments.yaml:6:")));
  });
});

describe("the folder of the manifests", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "manifests-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const linesOf = (directory: string): readonly string[] =>
    lines(loadCatalogue({ ...surroundings, root: folder, servicesDirectory: directory }));

  it("must exist, be a folder and hold a manifest", () => {
    writeFileSync(join(folder, "file"), "");
    mkdirSync(join(folder, "empty"));
    writeFileSync(join(folder, "empty", "README.md"), "");
    assert.match(linesOf(join(folder, "missing"))[0]!, /^missing:1:1 the folder does not exist; /);
    assert.match(linesOf(join(folder, "file"))[0]!, /^file:1:1 the folder is a file; /);
    assert.match(linesOf(join(folder, "empty"))[0]!, /^empty:1:1 the folder holds no manifest; /);
  });

  it("has a problem for what cannot be read, and goes on", () => {
    mkdirSync(join(folder, "stock.yaml"));
    symlinkSync(join(folder, "nowhere"), join(folder, "mail.yaml"));
    writeFileSync(join(folder, "orders.yaml"), "service: order\n");
    const found = linesOf(folder);
    assert.match(found[0]!, /^\.\/mail\.yaml:1:1 the file does not exist; /);
    assert.ok(found.some((line) => /^\.\/stock\.yaml:1:1 the file is a folder; /.test(line)));
    assert.ok(found.some((line) => line.startsWith("./orders.yaml:1:10 ")));
  });

  it("has a problem for a link to itself", () => {
    symlinkSync(join(folder, "orders.yaml"), join(folder, "orders.yaml"));
    assert.match(linesOf(folder)[0]!, /^\.\/orders\.yaml:1:1 the file is a link to itself; /);
  });

  it("ignores hidden files and other kinds", () => {
    writeFileSync(join(folder, ".orders.yaml"), "x");
    writeFileSync(join(folder, "service.schema.json"), "{}");
    writeFileSync(join(folder, "orders.yaml"), orders("consumers:\n  a: { kind: lambda }\n"));
    assert.deepEqual(linesOf(folder), []);
  });

  it("may lie outside the root", () => {
    const { problems } = loadCatalogue({ ...surroundings, root, servicesDirectory: join(folder, "none") });
    assert.equal(problems[0]!.file, join(folder, "none"));
  });

  it("follows no `code` out of the repository by a link", () => {
    mkdirSync(join(folder, "services"));
    symlinkSync(tmpdir(), join(folder, "outside"));
    const manifest = orders("consumers:\n  a: { kind: lambda, code: outside }\n");
    writeFileSync(join(folder, "services", "orders.yaml"), manifest);
    assert.match(linesOf(join(folder, "services"))[0]!, /leads out of the repository/);
  });
});
