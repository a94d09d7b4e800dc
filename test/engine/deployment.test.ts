import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
} from "@aws-sdk/client-secrets-manager";
import { provided } from "../support/leftOut";
import { Emulator, Engine, type Project, repositoryRoot, type UpdateResult } from "./support/workspace";

const manifests = join(__dirname, "manifests");

/** Minutes that the first build of the CLI on a machine may take. */
const buildMinutes = 30;

/** `Secret orders/prod/signing-key-secret` of a URN. */
function short(urn: string): string {
  const [, , type = "", name] = urn.split("::");
  return `${type.split(/[:/$]/).at(-1)} ${name}`;
}

/** What a command did or would do, without what stayed as it was. */
function did({ changes }: UpdateResult) {
  return {
    create: changes.create.map(short).sort(),
    update: changes.update.map(({ urn }) => short(urn)).sort(),
    replace: changes.replace.map(({ urn }) => short(urn)).sort(),
    delete: changes.delete.map(short).sort(),
    import: changes.import.map(short).sort(),
  };
}

const nothing = { create: [], update: [], replace: [], delete: [], import: [] };

/** What the person sees of a command that was refused. */
function said({ stdout, stderr, diagnostics }: UpdateResult): string {
  return [stdout, stderr, ...diagnostics.map(({ message }) => message)].join("\n");
}

function assertNoTrace(result: UpdateResult): void {
  assert.doesNotMatch(said(result), /^\s+at .+\(.+:\d+:\d+\)/m);
}

describe("three accounts by the real Pulumi CLI", function () {
  this.timeout(240_000);
  let emulator: Emulator;
  let engine: Engine;
  let project: Project;

  before(async function () {
    this.timeout(buildMinutes * 60_000);
    emulator = await provided(this, () => Emulator.start());
    engine = await provided(this, () => Engine.start(emulator.options));
    project = await engine.project({ from: repositoryRoot, services: manifests });
  });

  after(async () => {
    await engine?.stop();
    await emulator?.stop();
  });

  describe("before security is deployed", () => {
    it("previews every stack, with ARNs that stand in for what is not there yet", async () => {
      const previews = {
        security: await project.preview("security"),
        staging: await project.preview("staging"),
        prod: await project.preview("prod"),
      };
      assert.ok(previews.security.changes.create.length > 30);
      for (const stack of ["staging", "prod"] as const) {
        const text = JSON.stringify(previews[stack].events);
        assert.ok(text.includes(`secret:orders/${stack}/signing-key-000000`), `${stack} has no stand-in`);
        assert.match(said(previews[stack]), /pulumi up --stack security/);
      }
    });

    it("refuses a real update of prod, naming the command to run first, and makes nothing", async () => {
      const refused = await project.up("prod", { expectFailure: true });
      assert.match(said(refused), /pulumi up --stack security/);
      assertNoTrace(refused);
      assert.equal(engine.cloud.list({ account: "333333333333" }).length, 0);
    });
  });

  describe("deployed in order", () => {
    it("makes security, then staging, then prod", async () => {
      for (const stack of ["security", "staging", "prod"]) {
        const { changes } = await project.up(stack);
        assert.ok(changes.create.length > 30, `${stack}: ${changes.create.length} created`);
      }
      const arns = (await project.outputs("security"))["secretArns"] as Record<string, string>;
      assert.deepEqual(Object.keys(arns).sort(), [
        "billing/prod/ledger",
        "billing/staging/ledger",
        "orders/prod/signing-key",
        "orders/staging/signing-key",
      ]);
      const state = await project.stateText("prod");
      assert.ok(state.includes(arns["orders/prod/signing-key"] ?? "none"));
      assert.ok(!state.includes("-000000"), "a stand-in reached the state");
    });

    for (const stack of ["security", "staging", "prod"]) {
      it(`changes nothing in ${stack} the second time`, async () => {
        assert.deepEqual(did(await project.up(stack)), nothing);
      });
    }

    it("refuses another range for a network that is there, and makes nothing", async () => {
      const file = "Pulumi.staging.yaml";
      const original = await project.read(file);
      await project.edit(file, (text) => text.replace("10.20.0.0/16", "10.99.0.0/16"));
      for (const refused of [
        await project.preview("staging", { expectFailure: true }),
        await project.up("staging", { expectFailure: true }),
      ]) {
        assert.match(
          said(refused),
          /Pulumi\.staging\.yaml:\d+:\d+ config\.secrets-platform:network\.cidr: found 10\.99\.0\.0\/16, and the stack was deployed with 10\.20\.0\.0\/16/,
        );
        assertNoTrace(refused);
        assert.deepEqual(did(refused), nothing);
      }
      await project.write(file, original);
      assert.deepEqual(did(await project.preview("staging")), nothing);
    });

    it("protects production's keys and secrets, and only those", async () => {
      const { deployment } = await project.exportState("security");
      const guarded = (type: string) =>
        (deployment.resources ?? [])
          .filter((resource) => resource.type === type && resource.protect === true)
          .map(({ urn }) => short(urn))
          .sort();
      assert.deepEqual(guarded("aws:secretsmanager/secret:Secret"), [
        "Secret billing/prod/ledger-secret",
        "Secret orders/prod/signing-key-secret",
      ]);
      assert.deepEqual(guarded("aws:kms/key:Key"), ["Key prod/configuration-key"]);
    });
  });

  describe("a consumer that joins", () => {
    it("changes only the policies that name it, and adds only its own", async () => {
      await project.edit(
        "services/orders.yaml",
        (text) => `${text}  audit: { kind: lambda, reads: [signing-key] }\n`,
      );
      assert.deepEqual(did(await project.up("security")), {
        ...nothing,
        update: [
          "SecretPolicy orders/prod/signing-key-policy",
          "SecretPolicy orders/staging/signing-key-policy",
        ],
      });
      for (const stack of ["staging", "prod"]) {
        assert.deepEqual(did(await project.up(stack)), {
          ...nothing,
          create: [
            `LambdaConsumer orders-${stack}-audit`,
            `LogGroup orders-${stack}-audit-logs`,
            `Parameter /orders/${stack}/platform/audit-parameter`,
            `PlainParameter /orders/${stack}/platform/audit`,
            `Role orders-${stack}-audit-role`,
            `RolePolicy orders-${stack}-audit-policy`,
          ],
        });
      }
    });
  });

  describe("a service that joins", () => {
    it("previews on every stack before security has it", async () => {
      await project.write(
        "services/shipping.yaml",
        (await project.read("services/billing.yaml"))
          .replaceAll("billing", "shipping")
          .replaceAll("ledger", "label-key"),
      );
      for (const stack of ["security", "staging", "prod"]) {
        const preview = await project.preview(stack, { policyPacks: ["policies"] });
        assert.ok(
          preview.changes.create.some((urn) => urn.includes("shipping")),
          stack,
        );
        assert.deepEqual(
          preview.policyViolations.filter(({ level }) => level === "mandatory"),
          [],
        );
      }
      const refused = await project.up("staging", { expectFailure: true });
      assert.match(said(refused), /shipping\/staging\/label-key.*pulumi up --stack security/s);
      await project.remove("services/shipping.yaml");
    });
  });

  describe("the policy pack in preview", () => {
    it("refuses a weakened program", async () => {
      const file = "components/security/rotatingSecret.ts";
      const original = await project.read(file);
      await project.edit(file, (text) => text.replace("blockPublicPolicy: true", "blockPublicPolicy: false"));
      const refused = await project.preview("security", { policyPacks: ["policies"], expectFailure: true });
      const found = refused.policyViolations.filter(({ level }) => level === "mandatory");
      assert.deepEqual([...new Set(found.map(({ policy }) => policy))], ["secret-block-public"]);
      assert.equal(found.length, 4);
      await project.write(file, original);
    });
  });

  describe("a service that leaves", () => {
    it("cannot simply go from production, and is told how", async () => {
      await project.remove("services/billing.yaml");
      const refused = await project.up("security", { expectFailure: true });
      assert.match(said(refused), /billing\/prod\/ledger/);
      assert.match(said(refused), /retire: true/);
      assertNoTrace(refused);
    });

    it("goes after `retire: true`, and takes only its own along", async () => {
      await project.write("services/billing.yaml", `${await readManifest("billing.yaml")}retire: true\n`);
      const retired = await project.up("security");
      assert.deepEqual(
        [retired.changes.create, retired.changes.replace, retired.changes.delete],
        [[], [], []],
      );
      await project.remove("services/billing.yaml");
      for (const stack of ["staging", "prod"]) {
        const { create, update, replace, delete: deleted } = did(await project.up(stack));
        assert.deepEqual([create, replace], [[], []]);
        assert.deepEqual(update, []);
        assert.deepEqual(deleted, [
          `LambdaConsumer billing-${stack}-invoices`,
          `LogGroup billing-${stack}-invoices-logs`,
          `Parameter /billing/${stack}/platform/invoices-parameter`,
          `PlainParameter /billing/${stack}/platform/invoices`,
          `Role billing-${stack}-invoices-role`,
          `RolePolicy billing-${stack}-invoices-policy`,
        ]);
      }
      const gone = await project.up("security");
      assert.ok(
        gone.changes.delete.every((urn) => urn.includes("billing/")),
        "something else was deleted",
      );
      assert.equal(gone.changes.delete.filter((urn) => short(urn).startsWith("Secret ")).length, 2);
      assert.deepEqual([gone.changes.create, gone.changes.replace], [[], []]);
    });

    it("is restored with its value when it is put back within the recovery window", async () => {
      await project.write("services/billing.yaml", await readManifest("billing.yaml"));
      const preview = await project.preview("security");
      assert.match(said(preview), /billing\/prod\/ledger was to be deleted on .* would be restored/);
      const restored = did(await project.up("security"));
      assert.deepEqual(restored.import, [
        "Secret billing/prod/ledger-secret",
        "Secret billing/staging/ledger-secret",
      ]);
      assert.ok(!restored.create.some((name) => name.startsWith("Secret ")), "a secret was made again");
      await project.up("security");
      assert.deepEqual(did(await project.up("security")), nothing);
    });

    it("is not restored where somebody else made what has its name, and the update says so", async () => {
      const secrets = await emulator.secrets({ account: "111111111111", region: "eu-west-1" });
      const theirs = "shipping/prod/label-key";
      await secrets.send(new CreateSecretCommand({ Name: theirs, SecretString: "theirs" }));
      await secrets.send(new DeleteSecretCommand({ SecretId: theirs, RecoveryWindowInDays: 7 }));
      await project.write(
        "services/shipping.yaml",
        (await readManifest("billing.yaml"))
          .replaceAll("billing", "shipping")
          .replaceAll("ledger", "label-key"),
      );
      const refused = await project.up("security", { expectFailure: true });
      assert.match(
        said(refused),
        /shipping\/prod\/label-key \(arn:.*\), scheduled for deletion on .*: it lacks the tag platform:managed-by/,
      );
      assertNoTrace(refused);
      assert.deepEqual(refused.changes.create, []);
      const { DeletedDate } = await secrets.send(new DescribeSecretCommand({ SecretId: theirs }));
      assert.notEqual(DeletedDate, undefined);
      await project.remove("services/shipping.yaml");
    });
  });
});

function readManifest(name: string): Promise<string> {
  return readFile(join(manifests, name), "utf8");
}
