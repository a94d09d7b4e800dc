import assert from "node:assert/strict";
import { rememberEffort } from "../../aws/effort";
import { awsFailure as withAdvice } from "../../cli/operations/awsFailure";
import { awsFailure } from "../../provider/aws/failure";

const as = "arn:aws:sts::111111111111:assumed-role/deployer/jo";
const attempt = { action: "ssm:PutParameter", target: "/orders/prod/token", as };
const named = (name: string, message: string) => Object.assign(new Error(message), { name });

describe("failures of AWS calls", () => {
  it("tell the action, the target, the caller, AWS's answer and the remedy", () => {
    const failure = awsFailure(attempt, named("ParameterLimitExceeded", "Too many."));
    assert.equal(failure.code, "ParameterLimitExceeded");
    assert.equal(
      failure.message,
      `ssm:PutParameter on /orders/prod/token as ${as} failed (ParameterLimitExceeded: Too many); ` +
        "a limit of the account is reached: remove what is no longer used, or ask AWS for a higher quota",
    );
  });

  it("say who may not do what, and who may where that is known", () => {
    const denial = named(
      "AccessDeniedException",
      `User: ${as} is not authorized to perform: kms:Decrypt on resource: KEY`,
    );
    const matter = `role deployer (${as}) may not kms:Decrypt on KEY (AccessDeniedException: ${denial.message}); `;
    assert.equal(
      awsFailure(attempt, denial).message,
      `${matter}allow this caller ssm:PutParameter on it, and use of its key where the message names KMS`,
    );
    const advised = withAdvice(attempt, { as, role: "ROLE", stack: "prod" }, denial);
    assert.ok(advised.message.startsWith(`${matter}use ROLE; `));
    assert.ok(advised.message.endsWith(": pulumi up --refresh --stack prod --policy-pack policies"));
  });

  it("are told alike by the commands and by the provider, but for what each knows of its surroundings", () => {
    for (const code of [
      "TooManyUpdates",
      "ParameterLimitExceeded",
      "InternalServerError",
      "ExpiredToken",
      "Odd",
    ]) {
      const error = named(code, "no");
      assert.equal(
        withAdvice(attempt, { as, role: "ROLE", stack: "prod" }, error).message,
        awsFailure(attempt, error).message,
      );
    }
  });

  const remedies: [error: Error, remedy: RegExp][] = [
    [named("AccessDeniedException", "no"), /allow this caller ssm:PutParameter/],
    [named("CredentialsProviderError", "Could not load credentials"), /sign in, or name a profile/],
    [named("CredentialsProviderError", "The SSO session has expired"), /sign in again .* and repeat/],
    [Object.assign(new Error("reach"), { code: "ENETUNREACH" }), /cannot be reached/],
    [named("KMSDisabledException", "disabled"), /the key exists, is enabled/],
    [named("UnrecognizedClientException", "invalid"), /does not know these credentials/],
    [named("ThrottlingException", "Rate exceeded"), /--parallel/],
    [named("ParameterLimitExceeded", "too many"), /higher quota/],
    [named("InvalidKeyId", "disabled"), /the key exists, is enabled/],
    [named("InternalServerError", ""), /fault of its own/],
    [Object.assign(new Error("connect"), { code: "ECONNREFUSED" }), /cannot be reached/],
    [new Error("Region is missing"), /aws:region/],
    [named("ValidationException", "wrong"), /correct what the message names/],
  ];
  for (const [error, remedy] of remedies)
    it(`say what to do about ${error.name} ${error.message}`, () =>
      assert.match(awsFailure(attempt, error).message, remedy));

  it("say how often and how long it was tried, where that was more than once", () => {
    const error = named("ThrottlingException", "Rate exceeded");
    rememberEffort(error, { tries: 5, milliseconds: 11_300 });
    const { message, tried } = awsFailure(attempt, error);
    assert.match(message, / failed \(ThrottlingException: Rate exceeded, tried 5 times in 12 s\); AWS /);
    assert.equal(tried, "tried 5 times in 12 s");
    rememberEffort(error, { tries: 1, milliseconds: 11_300 });
    assert.doesNotMatch(awsFailure(attempt, error).message, /tried/);
  });

  it("leave out what the SDK says where AWS says nothing", () => {
    assert.match(
      awsFailure(attempt, named("TooManyUpdates", "UnknownError")).message,
      / failed \(TooManyUpdates\); another update of it is under way/,
    );
  });

  it("know what was there a moment ago from what never was", () => {
    const error = named("ResourceNotFoundException", "can't find it");
    assert.match(awsFailure(attempt, error).message, /correct what the message names/);
    const { message } = awsFailure({ ...attempt, justMade: ["target"] }, error);
    assert.match(message, /it was there a moment ago: .*pulumi up --refresh/);
  });

  it("hide values, keep no cause, and stand without a caller", () => {
    const anonymous = { action: attempt.action, target: attempt.target };
    const error = Object.assign(named("ValidationException", "bad s3cr3t, s3cr3t"), { request: "s3cr3t" });
    const failure = awsFailure({ ...anonymous, hide: ["s3cr3t", ""] }, error);
    assert.match(
      failure.message,
      /^ssm:PutParameter on \S+ failed \(ValidationException: bad \[hidden\], \[hidden\]\);/,
    );
    assert.equal(failure.cause, undefined);
    assert.ok(!JSON.stringify(failure).includes("s3cr3t"));
  });

  it("hide values as JSON quotes them, the longer before what is inside it", () => {
    const error = named("ValidationException", String.raw`got {"text":"a\"b\nc"} and a"b`);
    const { message } = awsFailure({ ...attempt, hide: ['a"b', 'a"b\nc'] }, error);
    assert.match(message, /got \{"text":"\[hidden\]"\} and \[hidden\]\);/);
  });

  it("take what is no Error at its word", () => {
    assert.match(awsFailure(attempt, "odd").message, /failed \(Error: odd\);/);
  });
});
