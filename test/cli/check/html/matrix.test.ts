import assert from "node:assert/strict";
import { checkPages } from "./support/checkPages";
import { manyServices } from "./support/manyServices";
import { readersOf, run, settled, texts, type } from "./support/inPage";

describe("the matrix of who can read what, in Chromium", function () {
  this.timeout(480_000);
  const { opened, checked } = checkPages();

  it("shows exactly the grants of the proof", async () => {
    await opened(checked(), async ({ page }) => {
      const { access } = checked();
      assert.ok(!("undecided" in access));
      const captions = await texts(page, "#matrix caption");
      assert.deepEqual(captions.slice(0, 3), ["catalog, staging", "catalog, prod", "notifications, staging"]);
      assert.equal((await texts(page, "#matrix tbody tr")).length, access.gates.length);
      const known = new Set(access.gates.map(({ item }) => item));
      const ofItems = access.grants.filter(({ item }) => known.has(item));
      assert.equal((await texts(page, "#matrix .dot")).length, ofItems.length);
      const reads = await readersOf(page, "orders, prod", "database");
      const own = access.gates.find(
        ({ service, environment, name, item }) =>
          `${service}/${environment}/${name}` === "orders/prod/database" && item.includes(":eu-west-1:"),
      );
      const arns = access.grants.filter(({ item }) => item === own?.item);
      const names = arns.map(({ principal }) => principal.split("/").at(-1));
      assert.ok(names.length > 1);
      assert.deepEqual(reads.map((name) => name.replace(/ \(.*/, "")).sort(), names.sort());
    });
  });

  it("leaves what says where values are to a filter, and shows it where it is not as meant", async () => {
    await opened(checked(), async ({ page }) => {
      const { access, plan } = checked();
      assert.ok(!("undecided" in access));
      const [before = ""] = await texts(page, "#matrix-count");
      assert.ok(!(await texts(page, "#matrix tbody th")).some((item) => item.startsWith("platform/")));
      await page.focus("#filter-references");
      await page.keyboard.press("Space");
      const changed = `document.getElementById("matrix-count").textContent !== ${JSON.stringify(before)}`;
      await page.waitForFunction(changed);
      while (await run(page, '!document.getElementById("matrix-more").hidden'))
        await page.click("#matrix-more");
      const rows = access.gates.length + plan.consumers.filter(({ references }) => references).length;
      assert.equal((await texts(page, "#matrix tbody tr")).length, rows);
      assert.equal((await texts(page, "#matrix .dot")).length, access.grants.length);
      assert.ok((await readersOf(page, "orders, prod", "platform/api")).length > 0);
      await page.focus("#filters button");
      await page.keyboard.press("Enter");
      await type(page, "item", "platform/api");
      assert.deepEqual(await texts(page, "#matrix caption"), ["orders, staging", "orders, prod"]);
    });
    const { access, ...rest } = checked();
    assert.ok(!("undecided" in access));
    const one = access.grants.find(({ item }) => item.endsWith("orders/prod/platform/api"))!;
    const wrong = { expected: "refused", decision: "allowed", why: "", remedy: "" } as const;
    await opened({ ...rest, access: { ...access, unexpected: [{ ...one, ...wrong }] } }, async ({ page }) => {
      const shown = (await texts(page, "#matrix tbody th")).filter((item) => item.startsWith("platform/"));
      assert.equal(shown.length, 1);
    });
  });

  it("filters by service, environment, role and item, alone and together, by keyboard", async () => {
    await opened(checked(), async ({ page }) => {
      await type(page, "service", "orders");
      assert.deepEqual(await texts(page, "#matrix caption"), ["orders, staging", "orders, prod"]);
      await page.focus("#filter-environment");
      await page.keyboard.type("prod");
      await settled(page, ["orders, prod"]);
      await type(page, "item", "DATA");
      await settled(page, ["orders, prod"]);
      const items = await texts(page, "#matrix tbody th");
      assert.ok(items.length > 0 && items.every((item) => item.startsWith("database")), items.join());
      const { access, plan } = checked();
      assert.ok(!("undecided" in access));
      const all = access.gates.length + plan.consumers.filter(({ references }) => references).length;
      assert.match((await texts(page, "#matrix-count"))[0]!, new RegExp(`^\\d of ${all} items\\.$`));
      await page.focus("#filters button");
      await page.keyboard.press("Enter");
      await page.waitForFunction('document.querySelectorAll("#matrix caption").length > 5');
      await type(page, "role", "orders-prod-api");
      const columns = await texts(page, "#matrix thead th[title]");
      assert.ok(columns.length > 0 && columns.every((name) => name === "orders-prod-api"), columns.join());
      await type(page, "item", "nothing of that name");
      assert.deepEqual(await texts(page, "#matrix-count"), ["No item matches."]);
      assert.deepEqual(await texts(page, "#matrix caption"), []);
    });
  });

  it("leads from a service to its matrix", async () => {
    await opened(checked(), async ({ page }) => {
      await page.focus('#services a[data-service="payments"]');
      await page.keyboard.press("Enter");
      await settled(page, ["payments, staging", "payments, prod"]);
      assert.equal(await run(page, "location.hash"), "#access");
    });
  });

  it("stays usable at 500 services: only what is asked for is drawn, and at once", async () => {
    const many = manyServices(500);
    await opened(many, async ({ page }) => {
      assert.deepEqual(await texts(page, "#matrix-count"), ["4,000 of 4,000 items, the first 60 shown."]);
      assert.ok((await page.$$("#matrix tbody tr")).length <= 64);
      await page.focus("#matrix-more");
      await page.keyboard.press("Enter");
      assert.deepEqual(await texts(page, "#matrix-count"), ["4,000 of 4,000 items, the first 120 shown."]);
      const started = performance.now();
      await type(page, "service", "service-321");
      await settled(page, ["service-321, staging", "service-321, prod"]);
      const took = performance.now() - started;
      assert.ok(took < 5_000, `the first filter took ${took} milliseconds`);
      assert.deepEqual(await readersOf(page, "service-321, prod", "signing-key"), [
        "service-321-prod-api",
        "service-322-prod-api",
      ]);
      await page.focus("#filters button");
      await page.keyboard.press("Enter");
      await type(page, "role", "service-007-prod-api");
      await settled(page, ["service-006, prod", "service-007, prod"]);
    });
  });
});
