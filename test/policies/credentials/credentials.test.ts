import assert from "node:assert/strict";

import { isCredentialName } from "../../../model/aws/credentialNames";
import { plainCredential } from "../../../policies/credentials/settings";
import { credentialIn } from "../../../policies/credentials/values";
import { forms, harmless } from "./corpus";

describe("the detection of credentials", () => {
  it("takes no harmless setting of the corpus for one", () => {
    const taken = harmless.filter(([name, value]) => plainCredential(name, value) !== undefined);
    assert.deepEqual(taken, []);
  });

  for (const [what, value] of forms) {
    it(`knows ${what} under any name: ${value.slice(0, 12)}…`, () => {
      assert.equal(credentialIn(value), what);
      assert.equal(plainCredential("SETTING", value), `holds what looks like ${what}`);
    });
  }

  it("goes by names where the value has no form of its own", () => {
    const names = [
      "DB_PASSWORD",
      "stripeApiKey",
      "oauth-client-secret",
      "SIGNING_KEY",
      "PGPASSWORD",
      "authToken",
      "SENTRY_DSN",
    ];
    for (const name of names)
      assert.equal(
        plainCredential(name, "c0rrect-horse"),
        "is named like a credential and holds plain text",
        name,
      );
  });

  it("tells names of credentials from names about them", () => {
    for (const name of [
      "TOKEN_URL",
      "PASSWORD_LENGTH",
      "SECRET_ARN",
      "API_KEY_HEADER",
      "SORT_KEY",
      "BYPASS",
      "COMPASS",
    ]) {
      assert.equal(isCredentialName(name), false, name);
    }
  });
});
