import assert from "node:assert/strict";
import fc from "fast-check";
import { awsErrorCode, awsErrorCodes, awsErrorKind, awsErrorMessage, withoutValues } from "../../aws/errors";

describe("errors of AWS", () => {
  it("are known by AWS's name, those of the network by its code", () => {
    assert.equal(
      awsErrorCode(Object.assign(new Error("x"), { name: "AccessDeniedException" })),
      "AccessDeniedException",
    );
    assert.equal(awsErrorCode(Object.assign(new Error("x"), { code: "ECONNREFUSED" })), "ECONNREFUSED");
    assert.equal(
      awsErrorCode(Object.assign(new AggregateError([], "x"), { code: "ECONNREFUSED" })),
      "ECONNREFUSED",
    );
    assert.equal(awsErrorCode("a text"), "Error");
    assert.equal(awsErrorCode(undefined), "Error");
  });

  it("are known by their status where the answer has no name that can be read", () => {
    const $metadata = { httpStatusCode: 503 };
    assert.equal(awsErrorCode(Object.assign(new SyntaxError("x"), { $metadata })), "HTTP 503");
    const unnamed = Object.assign(new Error("UnknownError"), {
      name: "Unknown",
      $fault: "server",
      $metadata,
    });
    assert.equal(awsErrorCode(unnamed), "HTTP 503");
    assert.equal(awsErrorKind("HTTP 503"), "aws-fault");
    assert.equal(awsErrorKind("HTTP 403"), "other");
    assert.equal(awsErrorKind("SomethingNew", "", 503), "aws-fault");
    assert.equal(awsErrorKind("KMSDisabledException", "", 502), "key");
    assert.equal(awsErrorKind("SomethingNew", "", 429), "throttled");
  });

  it("come down to a kind", () => {
    assert.equal(awsErrorKind("AccessDeniedException"), "denied");
    assert.equal(awsErrorKind("EAI_AGAIN"), "unreachable");
    assert.equal(awsErrorKind("SomethingNew"), "other");
    assert.equal(awsErrorKind("CredentialsProviderError", "Could not load credentials"), "no-credentials");
    assert.equal(
      awsErrorKind("CredentialsProviderError", "The SSO session has expired"),
      "expired-credentials",
    );
  });

  it("have one kind each", () => {
    const codes = Object.values(awsErrorCodes).flat();
    assert.equal(new Set(codes).size, codes.length);
    assert.equal(awsErrorKind("TooManyUpdates"), "busy");
    assert.equal(awsErrorKind("ThrottlingException"), "throttled");
    assert.equal(awsErrorKind("ResourceNotFoundException"), "missing");
  });

  it("say nothing where AWS says nothing, whatever the SDK puts there", () => {
    const said = (name: string, message: string) =>
      awsErrorMessage(Object.assign(new Error(message), { name }));
    assert.equal(said("TooManyUpdates", "UnknownError"), "");
    assert.equal(said("TooManyUpdates", "TooManyUpdates"), "");
    assert.equal(said("TooManyUpdates", " one at a time "), "one at a time");
    assert.equal(awsErrorMessage("odd"), "odd");
  });

  it("are told without any value, also where it is quoted as JSON", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6, unit: "binary" }), fc.string(), (value, around) => {
        fc.pre(!`[hidden]${around}`.includes(value) && !"[hidden]".includes(value));
        const told = withoutValues(`${around} ${value} ${JSON.stringify({ value })}`, [value]);
        assert.ok(!told.includes(JSON.stringify(value).slice(1, -1)));
      }),
    );
    assert.equal(withoutValues("ab abc", ["ab", "abc", ""]), "[hidden] [hidden]");
  });
});
