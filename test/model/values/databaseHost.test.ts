import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalHost, endpointProblem } from "../../../model/values/databaseHost";
import { buildPlan } from "../../../model/plan/build";
import { databaseSecretValue } from "../../../model/values/databaseSecret";
import { organisation } from "../plan/support/organisations";
import { lines, load, loadValid, orders } from "../catalogue/support";

/** In one environment: in two, one of AWS's endpoints would be one database twice. */
const login = (host: string): string =>
  orders(
    [
      "secrets:",
      "  database:",
      "    description: Login",
      "    rotation: { method: postgres-single-user, every: 30 days }",
      `    database: { host: "${host}", port: 5432, name: orders, username: orders }`,
    ].join("\n"),
  ).replace("[staging, prod]", "[prod]");

describe("the host of a database", () => {
  it("has one spelling, whatever the case, the dot at its end and the form of an address", () => {
    assert.equal(canonicalHost("DB.Prod.Internal."), "db.prod.internal");
    assert.equal(canonicalHost("10.0.0.7."), "10.0.0.7");
    assert.equal(canonicalHost("0:0:0:0:0:0:0:1"), "::1");
    assert.equal(canonicalHost("FD00:0:0::007"), "fd00::7");
    assert.equal(canonicalHost(":::"), ":::");
  });

  it("is the IPv4 address where that is mapped into IPv6, in any of its forms", () => {
    for (const mapped of [
      "::ffff:10.0.0.7",
      "::ffff:a00:7",
      "::FFFF:0A00:0007",
      "0:0:0:0:0:ffff:a00:7",
      "0000:0000:0000:0000:0000:FFFF:10.0.0.7",
    ])
      assert.equal(canonicalHost(mapped), "10.0.0.7", mapped);
    assert.equal(canonicalHost("::ffff:ffff:0"), "255.255.0.0");
    assert.equal(canonicalHost("::ffff:0:a00:7"), "::ffff:0:a00:7");
    assert.equal(canonicalHost("::a00:7"), "::a00:7");
  });

  it("is stored in that spelling", () => {
    const [service] = loadValid({ orders: login("DB.Prod.Internal.") }).services;
    assert.equal(service!.secrets[0]!.database?.["prod"]?.host, "db.prod.internal");
  });

  it("is the administrator's letter by letter, however the two are spelt: AWS's functions compare them so", () => {
    const text = [
      "secrets:",
      "  database:",
      "    description: Login",
      "    rotation: { method: mysql-alternating-users, every: 30 days, admin: admin }",
      '    database: { host: { staging: "A.Internal", prod: "10.0.0.7." }, port: 3306, name: orders, username: orders }',
      "  admin:",
      "    description: Administrator",
      "    rotation: { method: mysql-single-user, every: 30 days }",
      "    database: { host: { staging: a.internal., prod: 10.0.0.7 }, port: 3306, name: mysql, username: admin }",
    ].join("\n");
    const { secrets } = buildPlan(loadValid({ orders: orders(text) }), organisation());
    const stored = secrets.map(({ shape }) => {
      assert.ok(shape.form === "database");
      return databaseSecretValue(shape, "p").host;
    });
    assert.deepEqual(stored, ["a.internal", "a.internal", "10.0.0.7", "10.0.0.7"]);
  });

  it("may be any endpoint that takes writes, and any name of one's own", () => {
    for (const host of [
      "orders.cluster-c7tj4example.eu-west-1.rds.amazonaws.com",
      "orders-1.c7tj4example.eu-west-1.rds.amazonaws.com",
      "cluster-ro-orders.c7tj4example.eu-west-1.rds.amazonaws.com",
      "proxy-orders.cluster-c7tj4example.eu-west-1.rds.amazonaws.com",
      "orders.global-c7tj4example.global.rds.amazonaws.com",
      "orders.c7tj4example.cn-north-1.redshift.amazonaws.com.cn",
      "db.proxy-1.example.com",
      "db.cluster-ro-1.internal",
      "proxy-1",
    ]) {
      assert.deepEqual(lines(load({ orders: login(host) })), [], host);
      assert.equal(endpointProblem(host), undefined, host);
    }
  });

  it("is refused as a reader, a custom endpoint or a proxy however it is spelt, naming the writer", () => {
    const domains = [
      "eu-west-1.rds.amazonaws.com",
      "rds.cn-north-1.amazonaws.com.cn",
      "us-gov-west-1.docdb.amazonaws.com",
    ];
    const marks = ["cluster-ro-c7tj4example", "cluster-custom-c7tj4example", "proxy-c7tj4example"];
    fc.assert(
      fc.property(
        fc.constantFrom(...domains),
        fc.constantFrom(...marks, `endpoint.${marks[2]!}`),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 80 }),
        fc.constantFrom("", "."),
        (domain, mark, upper, dot) => {
          const host = [...`orders.${mark}.${domain}`]
            .map((letter, index) => (upper[index % upper.length]! ? letter.toUpperCase() : letter))
            .join("");
          const found = lines(load({ orders: login(host + dot) }));
          assert.equal(found.length, 1, found.join("\n"));
          const named = mark.startsWith("cluster-")
            ? `.cluster-c7tj4example.${domain}`
            : `.cluster-….${domain}`;
          assert.match(found[0]!, /^services\/orders\.yaml:9:23 secrets\.database\.database\.host: /);
          assert.ok(found[0]!.includes(`name the writer`) && found[0]!.includes(named), found[0]);
        },
      ),
    );
  });
});
