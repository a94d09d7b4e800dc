import assert from "node:assert/strict";
import { isAsPlanned } from "../../../cli/refs/deployed";
import type { ReferencesDocument } from "../../../model/references/document";

const arn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:shop/prod/vault";

function document(ending: string, query: string): ReferencesDocument {
  return {
    roles: { runtime: "arn:aws:iam::333333333333:role/services/shop/shop-prod-api" },
    secrets: [{ name: "VAULT", valueFrom: `${arn}${ending}:key::` }],
    environment: [
      { name: "QUERY", value: query },
      { name: "VAULT_ARN", value: `${arn}${ending}` },
    ],
  };
}

describe("references that were published", () => {
  const planned = document("-??????", "a?b");

  it("are as planned whatever AWS made up", () => {
    assert.equal(isAsPlanned(document("-AbC123", "a?b"), planned), true);
  });

  for (const [what, deployed] of Object.entries({
    "another plain text where the manifest has a question mark": document("-AbC123", "axb"),
    "an ending that AWS does not make": document("-AbC12-", "a?b"),
    "a longer ending": document("-AbC1234", "a?b"),
    "a longer text": document("-AbC123", "a?bc"),
    "another role": { ...document("-AbC123", "a?b"), roles: { runtime: "arn:aws:iam::333333333333:role/x" } },
  })) {
    it(`are not with ${what}`, () => assert.equal(isAsPlanned(deployed, planned), false));
  }
});
