import assert from "node:assert/strict";

import type { Resource } from "../../../policies/view/resource";
import { stackOf } from "../../../policies/view/stack";
import { types } from "../../../policies/view/types";
import type { Properties } from "../../../policies/view/values";

const resource = (
  type: string,
  name: string,
  props: Properties,
  references: Resource["references"] = {},
): Resource => ({
  urn: `urn:${name}`,
  type,
  name,
  props,
  protect: false,
  references,
});
const root = resource("pulumi:pulumi:Stack", "root", {});
const role = resource(types.role, "role", { name: "api", path: "/services/orders/" });
const boundary = resource(types.managedPolicy, "boundary", { name: "boundary", path: "/platform/" });
const secret = resource(types.secret, "secret", { name: "orders/prod/a", arn: "arn:s" });
const stack = stackOf([root, role, boundary, secret]);
const referred = (value: Properties[string], references: Resource["references"] = {}) =>
  stack.referred(resource("t", "from", { to: value }, references), "to").map(({ name }) => name);

describe("the view of a stack", () => {
  it("finds resources by type, in order, and by URN", () => {
    assert.deepEqual(
      stack.ofType(types.secret, types.role).map(({ name }) => name),
      ["secret", "role"],
    );
    assert.deepEqual(stack.ofType(types.topic), []);
    assert.equal(stack.byUrn("urn:role"), role);
    assert.equal(stack.root, "urn:root");
    assert.equal(stackOf([]).root, "");
  });

  it("follows what the engine recorded before what is written", () => {
    assert.deepEqual(referred("arn:s", { to: ["urn:role"] }), ["role"]);
    assert.deepEqual(referred("arn:s", { to: ["urn:elsewhere"] }), ["secret"]);
  });

  it("follows ARNs, names, and lists of them", () => {
    assert.deepEqual(referred("arn:s"), ["secret"]);
    assert.deepEqual(referred("orders/prod/a"), ["secret"]);
    assert.deepEqual(referred(["api", "arn:s"]), ["role", "secret"]);
    assert.deepEqual(referred("nothing"), []);
    assert.deepEqual(referred(undefined), []);
  });

  it("follows ARNs of roles and policies that do not exist yet", () => {
    assert.deepEqual(referred("arn:aws:iam::333333333333:role/services/orders/api"), ["role"]);
    assert.deepEqual(referred("arn:aws-cn:iam::333333333333:policy/platform/boundary"), ["boundary"]);
    const component = resource("shop:Boundary", "component", {
      arn: "arn:aws:iam::333333333333:policy/platform/boundary",
    });
    const from = resource("t", "from", { to: "arn:aws:iam::333333333333:policy/platform/boundary" });
    assert.deepEqual(stackOf([component, boundary]).referred(from, "to"), [component, boundary]);
    assert.deepEqual(referred("arn:aws:iam::333333333333:role/api"), []);
    assert.deepEqual(referred("arn:aws:iam::aws:policy/platform/boundary"), []);
  });
});
