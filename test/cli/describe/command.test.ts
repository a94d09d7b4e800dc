import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Described, describedOf } from "../../../cli/describe/described";
import { select } from "../../../cli/describe/select";
import { textReport } from "../../../cli/describe/textReport";
import { loadPlan } from "../../../model/load";
import { itemsOf, rolesOf } from "../../../model/plan/contents";
import { copyOrganisation, organisationRoot } from "../../support/organisation";
import { repository } from "../../model/plan/support/samples";
import { type Ran, platform, stackTrace } from "../support/platform";

const { plan } = loadPlan({ root: organisationRoot });
assert.ok(plan);

const services = [...new Set(itemsOf(plan).map(({ service }) => service))];

describe("platform describe", function () {
  this.timeout(240_000);

  const described = (name: string): readonly Described[] =>
    select(plan, name).map((selected) => describedOf(plan, selected));

  it("tells all of the Plan: every item, reader, role and variable, and nothing of a value", () => {
    const all = services.flatMap(described);
    const own = all.flatMap(({ service, items }) =>
      items.filter(({ item }) => item.startsWith(`${service}/`)),
    );
    const words = (lines: readonly string[]) => [...lines].sort();
    assert.deepEqual(
      words(own.map(({ arn, readers }) => `${arn} ${readers.map(({ role }) => role).join()}`)),
      words(
        itemsOf(plan).map(
          (item) =>
            `${item.kind === "secret" ? item.arnPattern : item.arn} ${item.readers.map(({ arn }) => arn).join()}`,
        ),
      ),
    );
    const consumers = all.flatMap((one) => one.consumers);
    assert.deepEqual(
      words(consumers.flatMap(({ roles }) => roles.map(({ arn }) => arn))),
      words(rolesOf(plan.consumers).map(({ arn }) => arn)),
    );
    assert.equal(
      consumers.flatMap(({ variables }) => variables).length,
      plan.consumers.flatMap(({ injections, settings }) => [...injections, ...settings.reads]).length,
    );
    const text = JSON.stringify(all);
    for (const { value } of plan.parameters)
      if (value !== undefined && value.length > 8) assert.ok(!text.includes(`"${value}"`), value);
  });

  it("names what waits for a value: logins and SecureStrings of the service, not those of another one", () => {
    const [prod] = described("orders/prod");
    assert.deepEqual(prod?.toSet.map(({ command }) => command).sort(), [
      "npx platform set orders/prod/database",
      "npx platform set orders/prod/database-admin",
      "npx platform set orders/prod/partner-token",
    ]);
    const [mailer] = described("notifications/prod/mailer");
    assert.deepEqual(
      mailer?.toSet.map(({ item }) => item),
      ["notifications/prod/relay-password"],
    );
  });

  it("tells of one consumer what it reads of other services too, and of one item who reads it", () => {
    const [webhooks] = described("notifications/prod/webhooks");
    assert.deepEqual(webhooks?.items.map(({ item }) => item).sort(), [
      "notifications/prod/unsubscribe-key",
      "orders/prod/webhook-signing-key",
    ]);
    const [key] = described("/orders/prod/webhook-signing-key");
    assert.deepEqual(
      [key?.consumers, key?.items.map(({ readers }) => readers.map(({ consumer }) => consumer))],
      [[], [["notifications/prod/webhooks", "orders/prod/api", "orders/prod/release"]]],
    );
  });

  it("tells files by their paths, and what each container of a task is given", () => {
    const [writer] = described("payments/prod/ledger-writer");
    const [consumer] = writer?.consumers ?? [];
    assert.deepEqual(consumer?.plainBeside, { metrics: { LEVEL: "info" } });
    assert.deepEqual(
      consumer?.variables
        .filter(({ file }) => file !== undefined)
        .map(({ file, item, field }) => [file, item, field]),
      [["/run/vault/key", "payments/prod/card-vault", "key"]],
    );
    const text = textReport(described("payments/prod/ledger-writer"), false);
    assert.match(text, /^ {2}\/run\/vault\/key +key of card-vault$/m);
    assert.match(text, /^ {2}LEDGER_URL +url of ledger, in migrate$/m);
    assert.match(text, /^ {2}LEVEL +"info", in metrics$/m);
    assert.doesNotMatch(text, /PLATFORM_FILE/);
  });

  it("prints what its page shows, within 100 columns but for ARNs", async () => {
    const page = readFileSync(join(repository, "docs/references.md"), "utf8");
    const [, args = "", shown] = /\n\$ npx platform (describe .*)\n([^`]*)```\n/.exec(page) ?? [];
    const { stdout } = await platform(args.split(" "));
    assert.equal(stdout, shown);
    const text = services.map((service) => textReport(described(service), false)).join("\n");
    assert.deepEqual(
      text.split("\n").filter((line) => line.length > 100 && !line.includes(" arn:")),
      [],
    );
  });

  it("says of an unknown name which one was meant, and repeats nothing that is no name", async () => {
    const refused = async (name: string): Promise<Ran> => platform(["describe", name]);
    for (const [name, message] of [
      ["ordrs", "there is no service ordrs; did you mean orders?"],
      ["orders/prd", "there is no environment prd of orders; did you mean prod?"],
      ["orders/prod/apy", "there is no consumer or item apy of orders in prod; did you mean api?"],
      [
        "orders/prod/hunter2_Hunter2",
        "there is no consumer or item of that name of orders in prod; there are",
      ],
      ["or ders", "name a SERVICE, a SERVICE/ENVIRONMENT or a SERVICE/ENVIRONMENT/CONSUMER"],
      ["a/b/c/d", "name a SERVICE, a SERVICE/ENVIRONMENT or a SERVICE/ENVIRONMENT/CONSUMER"],
      ["", "name a SERVICE, a SERVICE/ENVIRONMENT or a SERVICE/ENVIRONMENT/CONSUMER"],
    ] as const) {
      const { code, stdout, stderr } = await refused(name);
      assert.deepEqual([code, stdout], [2, ""], name);
      assert.ok(stderr.startsWith(`error: ${message}`), stderr);
      assert.doesNotMatch(stderr, stackTrace);
      assert.doesNotMatch(stderr, /hunter2/i);
    }
  });

  it("says what is wrong where manifests are", async () => {
    const root = mkdtempSync(join(tmpdir(), "describe-"));
    try {
      copyOrganisation(root);
      const file = join(root, "services/orders.yaml");
      writeFileSync(file, readFileSync(file, "utf8").replace("kind: lambda", "kind: lambada"));
      const { code, stdout, stderr } = await platform(["describe", "orders"], root);
      assert.deepEqual([code, stdout], [1, ""]);
      assert.match(stderr, /^services\/orders\.yaml:\d+:\d+ .*lambada/m);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
