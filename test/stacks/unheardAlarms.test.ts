import assert from "node:assert/strict";
import { log } from "@pulumi/pulumi";
import type { SecurityStack } from "../../model/organisation/types";
import { buildPlan } from "../../model/plan/build";
import { catalogue, secret, service } from "../model/plan/support/catalogues";
import { organisation } from "../model/plan/support/organisations";
import { runStack } from "./support/runStack";

describe("alarms that nobody hears of", function () {
  this.timeout(240_000);

  /** What the program warns of while the security stack is made with those addresses. */
  async function warnings(notices: SecurityStack["notices"]): Promise<readonly string[]> {
    const own = organisation();
    const [security, ...others] = own.stacks;
    const stacks = [{ ...security, notices } as SecurityStack, ...others];
    const orders = service("orders", { secrets: [secret("signing-key")] });
    const said: string[] = [];
    const { warn } = log;
    Object.assign(log, {
      warn: (message: string) => {
        said.push(message);
        return Promise.resolve();
      },
    });
    try {
      await runStack(buildPlan(catalogue(orders), { ...own, stacks }), "security");
    } finally {
      Object.assign(log, { warn });
    }
    return said;
  }

  for (const [what, notices] of [
    ["no settings", undefined],
    ["settings without an address", {}],
    ["empty lists", { email: [], https: [], slack: [], teams: [] }],
  ] as const) {
    it(`are warned of: ${what}`, async () => {
      assert.deepEqual(await warnings(notices), [
        "nobody is told of alarms in account 111111111111: name addresses or channels in `secrets-platform:notices` of this stack",
      ]);
    });
  }

  for (const [what, notices] of [
    ["an address", { email: ["platform-team@example.com"] }],
    ["a page that is called", { https: ["https://alarms.example.com/aws"] }],
    ["a Slack channel", { slack: [{ workspace: "T0ABCDEFG", channel: "C0ABCDEFG" }] }],
    [
      "a Teams channel",
      {
        teams: [
          {
            tenant: "0a1b2c3d-4e5f-4a1b-8c2d-0a1b2c3d4e5f",
            team: "1a1b2c3d-4e5f-4a1b-8c2d-0a1b2c3d4e5f",
            channel: "19:0a1b2c3d4e5f0a1b2c3d4e5f0a1b2c3d@thread.tacv2",
          },
        ],
      },
    ],
  ] as const) {
    it(`are heard with ${what} alone`, async () => {
      assert.deepEqual(await warnings(notices), []);
    });
  }
});
