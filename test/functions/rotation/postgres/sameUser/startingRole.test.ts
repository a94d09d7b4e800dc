import assert from "node:assert/strict";
import type { Observed } from "../../../../../functions/rotation/postgres/sameUser/observed";
import { startingRole } from "../../../../../functions/rotation/postgres/sameUser/startingRole";

describe("the role that sessions begin as", () => {
  it("is found for as many databases as a hostile server may name", () => {
    const pair = { original: "orders", clone: "orders_clone" };
    const owners = Array.from({ length: 20_000 }, (_, index) => `owner ${index}`);
    const observed: Observed = {
      version: 180000,
      pid: 1,
      sessionUser: "admin",
      currentUser: "admin",
      database: "orders",
      roles: [],
      settings: owners.map((owner, index) => ({
        role: "orders",
        database: `database ${index}`,
        entry: `role=${owner}`,
      })),
      mayBecome: owners,
      inherits: true,
      becomes: true,
      administersBy: [],
      isReversed: false,
      ownMemberships: [],
      owns: [],
    };
    const { in: startIn, changes } = startingRole(observed, pair, true);
    assert.equal(startIn("database 19999"), "owner 19999");
    assert.equal(changes.length, owners.length + 1);
  }).timeout(120_000);
});
