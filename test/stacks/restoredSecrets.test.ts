import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { RunError } from "@pulumi/pulumi";
import { parse } from "yaml";
import { stackValuesProvider } from "../../components/values/valuesProvider";
import { buildPlan } from "../../model/plan/build";
import { changingTags, managedByTag, managedByValue } from "../../model/values/tags";
import { restoredArns } from "../../stacks/security/restoredSecrets";
import { inPlaceOf } from "../cli/support/inPlaceOf";
import { catalogue, secret, service } from "../model/plan/support/catalogues";
import { organisation } from "../model/plan/support/organisations";
import { runStack, type Surroundings } from "./support/runStack";

const plan = buildPlan(
  catalogue(
    service("orders", { environments: ["staging", "prod"], secrets: [secret("key")] }),
    service("payments", { environments: ["prod"], ownKey: true, secrets: [secret("vault")] }),
  ),
  organisation(),
);

const arn = (name: string) => `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${name}-AbCdEf`;
const keyArn = (id: string) => `arn:aws:kms:eu-west-1:111111111111:key/${id}`;
const exported = {
  "alias/staging/configuration@eu-west-1": keyArn("staging"),
  "alias/prod/configuration@eu-west-1": keyArn("prod"),
  "alias/prod/payments@eu-west-1": keyArn("payments"),
  "alias/prod/payments@eu-central-1": keyArn("replica"),
};

describe("secrets that are put back within their recovery window", function () {
  this.timeout(240_000);

  const run = (surroundings: Surroundings) => runStack(plan, "security", surroundings);
  const asked = async (previous?: Record<string, unknown>) => {
    let args: Record<string, unknown> = {};
    await run({
      ...(previous && { previous }),
      restoring: (given) => {
        args = given;
        return { pending: [], restored: [] };
      },
    });
    return args;
  };

  it("may be under the key of their environment or their service, as the stack exported them", async () => {
    assert.deepEqual(await asked({ keyArns: exported }), {
      names: ["orders/staging/key", "orders/prod/key", "payments/prod/vault"],
      keyArns: {
        "orders/staging/key": [keyArn("staging")],
        "orders/prod/key": [keyArn("prod")],
        "payments/prod/vault": [keyArn("prod"), keyArn("payments")],
      },
      dryRun: false,
    });
  });

  for (const [dryRun, what] of [
    [true, "would be restored"],
    [false, "is restored"],
  ] as const) {
    it(`are known by their full ARN, and told of with the day on which they were to go: ${what}`, async () => {
      const [name, deletionDate] = ["orders/prod/key", "2027-04-01T00:00:00.000Z"];
      const restored = [{ name, arn: arn(name) }];
      const pending = [{ name, arn: arn(name), deletionDate }];
      const told: string[] = [];
      const putBack = inPlaceOf(pulumi.log, "info", (line) => Promise.resolve(void told.push(line)));
      await pulumi.runtime.setMocks(
        {
          newResource: ({ name: id, inputs }) => ({ id, state: inputs as Record<string, unknown> }),
          call: ({ token }) => (/:restoreSecrets$/.test(token) ? { pending, restored } : { outputs: {} }),
        },
        "secrets-platform",
        "security",
        dryRun,
      );
      const arns = await restoredArns(plan, "security", plan.secrets, stackValuesProvider()).finally(putBack);
      assert.deepEqual([...arns], [[name, arn(name)]]);
      assert.deepEqual(told, [`${name} was to be deleted on ${deletionDate} and ${what} with its value`]);
    });
  }

  it("are taken over by the secret of their name", async () => {
    const restored = [{ name: "orders/prod/key", arn: arn("payments/prod/vault") }];
    await assert.rejects(
      run({ restoring: () => ({ pending: [], restored }) }),
      /RotatingSecret "orders\/prod\/key" .*\n {2}importArn: the ARN of "payments\/prod\/vault" was found;/,
    );
  });

  it("may be under no key where the stack has none yet", async () => {
    for (const previous of [undefined, {}, { keyArns: {} }])
      assert.deepEqual((await asked(previous)).keyArns, {
        "orders/staging/key": [],
        "orders/prod/key": [],
        "payments/prod/vault": [],
      });
  });

  for (const dryRun of [false, true]) {
    it(`are refused where somebody else made them, all at once, ${dryRun ? "in a preview too" : "in an update"}`, async () => {
      const refused = [
        {
          name: "orders/prod/key",
          arn: arn("orders/prod/key"),
          deletionDate: "2027-04-01T00:00:00.000Z",
          reasons: ["it lacks the tag", "it is under another key"],
        },
        { name: "payments/prod/vault", arn: arn("payments/prod/vault"), reasons: ["it lacks the tag"] },
      ];
      await assert.rejects(
        run({ dryRun, restoring: () => ({ pending: [], restored: [], refused }) }),
        (error: unknown) => {
          assert.ok(error instanceof RunError);
          assert.match(
            error.message,
            /^These names are planned, and taken by secrets that are not known to be this platform's; nothing was restored:\n/,
          );
          assert.ok(
            error.message.includes(
              `\n  orders/prod/key (${arn("orders/prod/key")}), scheduled for deletion on 2027-04-01T00:00:00.000Z: ` +
                "it lacks the tag; it is under another key\n" +
                `  payments/prod/vault (${arn("payments/prod/vault")}), marked platform:restored: it lacks the tag\n`,
            ),
            error.message,
          );
          assert.match(
            error.message,
            /Wait .* other names, .*--force-delete-without-recovery .*restore it by hand/,
          );
          return true;
        },
      );
    });
  }
});

describe("the tag that says whose a secret is", () => {
  it("is on every secret the program makes", async () => {
    const { resources } = await runStack(plan, "security");
    const secrets = resources.filter(({ type }) => type === "aws:secretsmanager/secret:Secret");
    assert.equal(secrets.length, 3);
    for (const { inputs } of secrets)
      assert.equal((inputs["tags"] as Record<string, string>)[managedByTag], managedByValue);
  });

  it("is none of those the AWS provider leaves alone, which are the ones that come and go", () => {
    const project = parse(readFileSync(join(resolve(__dirname, "../.."), "Pulumi.yaml"), "utf8")) as {
      config: { "aws:ignoreTags": { value: { keys: string[] } } };
    };
    assert.deepEqual(project.config["aws:ignoreTags"].value.keys, [...changingTags]);
  });
});
