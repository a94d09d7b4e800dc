import assert from "node:assert/strict";
import { asset } from "@pulumi/pulumi";
import type { ExpiryWatchSettings, FunctionEntry, RotationSettings } from "../../model/functions/settings";
import { formTagValue } from "../../model/values/databaseForm";
import { plannedForm } from "../../model/values/plannedForm";
import type { Plan } from "../../model/plan/types";
import { samplePlan } from "../model/plan/support/samples";
import { runStack } from "./support/runStack";

/** What each function is told, as the stacks of the samples hand it over. */
describe("the settings of functions", function () {
  this.timeout(240_000);
  let plan: Plan;

  /** By stack and entry. */
  const told = new Map<string, unknown[]>();

  before(async () => {
    plan = samplePlan();
    for (const { name } of plan.organisation.stacks) {
      await runStack(plan, name, {
        ...(name !== "security" && { security: "deployed" }),
        functionCode: (entry, settings) => {
          const key = `${name} ${entry}`;
          told.set(key, [...(told.get(key) ?? []), settings]);
          return new asset.StringAsset(entry);
        },
      });
    }
  });

  function settingsIn<T>(stack: string, entry: FunctionEntry): readonly T[] {
    return (told.get(`${stack} ${entry}`) ?? []) as T[];
  }

  it("tell the rotation of generated values which secrets have a form of their own", () => {
    const [staging, prod, ...others] = settingsIn<RotationSettings>("security", "rotation/generated");
    assert.deepEqual(others, []);
    const card = { fields: { key_id: { uuid: true }, key: { bytes: 32, encoding: "base64" } } };
    assert.deepEqual(staging?.forms, { "payments/staging/card-vault": card });
    assert.deepEqual(prod?.forms, { "payments/prod/card-vault": card });
  });

  it("tell the security account's watch of every secret: its rotation, its copies, what its login is for", () => {
    const watches = settingsIn<ExpiryWatchSettings>("security", "expiryWatch/entry");
    assert.equal(watches.length, 1);
    const { expectedRotations, expectedReplicas, expectedForms } = watches[0]!;
    assert.deepEqual(
      expectedRotations,
      plan.secrets.map(({ name, rotation: { functionArn, schedule } }) => ({
        name,
        functionArn,
        ...schedule,
      })),
    );
    assert.deepEqual(expectedReplicas, [
      { name: "payments/staging/card-vault", regions: ["eu-central-1"] },
      { name: "payments/prod/card-vault", regions: ["eu-central-1"] },
    ]);
    assert.deepEqual(
      expectedForms,
      plan.secrets.flatMap(({ name, shape, rotation: { admin } }) =>
        shape.form === "database" ? [{ name, form: formTagValue(plannedForm(shape, admin)) }] : [],
      ),
    );
    assert.ok(expectedForms.length > 0);
  });

  it("tell each account's watch of the parameters that are in that account", () => {
    for (const { name: stack, account } of plan.organisation.stacks) {
      const [watch] = settingsIn<ExpiryWatchSettings>(stack, "expiryWatch/entry");
      const { expectedParameters, expectedRotations } = watch!;
      const here = plan.parameters.filter((parameter) => parameter.account === account && parameter.expires);
      assert.deepEqual(
        expectedParameters.map(({ name, owner, expires }) => [name, owner, expires]).sort(),
        here.map(({ name, owner, expires }) => [name, owner, expires]).sort(),
      );
      assert.ok(here.length > 0, stack);
      assert.equal(expectedRotations!.length > 0, stack === "security");
    }
  });

  it("tell rotation functions their secrets, and whose administrator each login has", () => {
    const postgres = settingsIn<RotationSettings>("security", "rotation/postgres");
    const generated = settingsIn<RotationSettings>("security", "rotation/generated");
    const names = [...postgres, ...generated].flatMap(({ secrets }) => secrets);
    assert.deepEqual(
      [...names].sort(),
      plan.secrets
        .filter(({ rotation }) => rotation.rotator?.hosted === "platform")
        .map(({ name }) => name)
        .sort(),
    );
    assert.deepEqual(
      postgres.map(({ administrators }) => administrators),
      ["staging", "prod"].map((environment) => ({
        [`payments/${environment}/ledger`]: `payments/${environment}/ledger-admin`,
      })),
    );
  });

  it("tell rotation functions what addresses each login's value has", () => {
    const postgres = settingsIn<RotationSettings>("security", "rotation/postgres");
    assert.deepEqual(
      postgres.map(({ connections }) => connections),
      [
        { "payments/staging/ledger": "ledger.staging.example.com" },
        { "payments/prod/ledger": "ledger-reader.prod.example.com" },
      ].map((readers) =>
        Object.fromEntries(
          Object.entries(readers).map(([name, readerHost]) => [
            name,
            { url: "uri", readerHost, tls: "verify-full" },
          ]),
        ),
      ),
    );
  });
});
