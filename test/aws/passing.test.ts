import assert from "node:assert/strict";
import type { JustMade } from "../../aws/justMade";
import { passes } from "../../aws/passing";
import { passingAnswers } from "../../aws/passingAnswers";

const everything: readonly JustMade[] = ["target", "key", "rights"];
const error = (name: string, message = "") => Object.assign(new Error(message), { name });

/** Messages as AWS writes them, for the answers that pass only with some. */
const messages = [
  "",
  "Access to KMS is not allowed",
  "You can't perform this operation on the secret because it was marked for deletion.",
  "Another operation is in progress.",
];

describe("answers of AWS that pass", () => {
  for (const { codes, services = ["any"], after, saying, page } of passingAnswers) {
    for (const service of services) {
      for (const code of codes) {
        const when = after === undefined ? "always" : `after its ${after} was made, and not otherwise`;
        it(`${service}: ${code}, ${when}`, () => {
          const message = messages.find((text) => saying?.test(text) ?? true);
          assert.notEqual(message, undefined, "no message of this test is like that");
          const answer = error(code, message);
          const justMade = after === undefined ? [] : [after];
          assert.equal(passes(`${service}:Action`, answer, justMade), true);
          const others = everything.filter((each) => each !== after);
          const passesOtherwise = passingAnswers.some(
            (each) =>
              each.after !== after &&
              each.codes.includes(code) &&
              (each.services?.includes(service) ?? true) &&
              (each.saying?.test(answer.message) ?? true),
          );
          if (!passesOtherwise)
            assert.equal(passes(`${service}:Action`, answer, others), after === undefined);
          assert.match(page, /^https:\/\/docs\.aws\.amazon\.com\//);
        });
      }
    }
  }

  const staying: [action: string, code: string, message: string, justMade: readonly JustMade[]][] = [
    ["secretsmanager:DescribeSecret", "ResourceNotFoundException", "can't find the specified secret", []],
    ["secretsmanager:DescribeSecret", "ResourceNotFoundException", "", ["key", "rights"]],
    ["secretsmanager:RotateSecret", "ResourceNotFoundException", "Function not found: shop", everything],
    ["secretsmanager:PutSecretValue", "InvalidRequestException", "it was marked for deletion", []],
    [
      "secretsmanager:RotateSecret",
      "InvalidRequestException",
      "A previous rotation isn't complete.",
      everything,
    ],
    ["secretsmanager:PutSecretValue", "LimitExceededException", "", everything],
    ["secretsmanager:PutSecretValue", "ResourceExistsException", "", everything],
    ["secretsmanager:PutSecretValue", "InvalidParameterException", "", everything],
    ["secretsmanager:PutResourcePolicy", "MalformedPolicyDocumentException", "", everything],
    ["ssm:PutParameter", "InvalidKeyId", "Key 'arn' does not exist", ["target", "rights"]],
    ["ssm:PutParameter", "InvalidKeyId", "arn is pending deletion. (Service: AWSKMS)", everything],
    ["ssm:PutParameter", "InvalidKeyId", "arn is disabled.", everything],
    ["ssm:PutParameter", "KMSDisabledException", "", everything],
    ["ssm:PutParameter", "ParameterAlreadyExists", "", everything],
    ["ssm:PutParameter", "ParameterLimitExceeded", "", everything],
    ["ssm:PutParameter", "ValidationException", "", everything],
    ["ssm:PutParameter", "AccessDeniedException", "no identity-based policy allows it", ["target", "key"]],
    ["ssm:PutParameter", "AccessDeniedException", "not allowed to use KMS", []],
    ["ssm:DeleteParameter", "ParameterNotFound", "", []],
    ["kms:DescribeKey", "NotFoundException", "", []],
    ["sts:GetCallerIdentity", "ExpiredTokenException", "", everything],
    ["sts:GetCallerIdentity", "UnrecognizedClientException", "", everything],
    ["secretsmanager:PutSecretValue", "TooManyUpdates", "", everything],
    ["lambda:InvokeFunction", "KMSDisabledException", "", everything],
  ];
  for (const [action, code, message, justMade] of staying) {
    it(`do not include ${code} of ${action}, ${message || "without words"}, after ${justMade.join(", ") || "nothing"}`, () =>
      assert.equal(passes(action, error(code, message), justMade), false));
  }

  const byStatus: [status: number, code: string, isPassing: boolean][] = [
    [500, "SomethingNew", true],
    [502, "Unknown", true],
    [503, "ServiceUnavailableException", true],
    [503, "SyntaxError", true],
    [504, "GatewayTimeout", true],
    [529, "UnknownError", true],
    [429, "SomethingNew", true],
    [408, "RequestTimeout", true],
    [400, "KeyUnavailableException", true],
    [400, "SlowDown", true],
    [400, "SomethingNew", false],
    [403, "SyntaxError", false],
    [200, "SyntaxError", false],
    [501, "UnknownOperationException", false],
    [502, "InvalidSubnetIDException", false],
    [502, "KMSDisabledException", false],
  ];
  for (const [httpStatusCode, code, isPassing] of byStatus) {
    it(`${isPassing ? "" : "do not "}include HTTP ${httpStatusCode} under the name ${code}`, () =>
      assert.equal(
        passes("lambda:InvokeFunction", Object.assign(error(code), { $metadata: { httpStatusCode } })),
        isPassing,
      ));
  }

  it("include what a service's model calls retryable", () =>
    assert.equal(passes("sts:AssumeRole", Object.assign(error("IDPSlow"), { $retryable: {} })), true));

  it("do not include what is no answer of AWS", () => {
    for (const thrown of [
      "odd",
      undefined,
      new Error("x"),
      Object.assign(new Error(), { code: "ECONNREFUSED" }),
    ])
      assert.equal(passes("ssm:PutParameter", thrown, everything), false);
  });
});
