import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalHost, endpointFault } from "../../../model/catalogue/databaseHost";
import { lines, load, loadValid, orders } from "./support";

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

  it("is stored in that spelling", () => {
    const [service] = loadValid({ orders: login("DB.Prod.Internal.") }).services;
    assert.equal(service!.secrets[0]!.database?.["prod"]?.host, "db.prod.internal");
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
      assert.equal(endpointFault(host), undefined, host);
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
