import assert from "node:assert/strict";
import type { PlainVariable } from "../../../model/catalogue/types";
import { limitProblems } from "../../../model/documents/limits";
import { policyText } from "../../../model/documents/policy";
import { policyLimits } from "../../../model/aws/quotas";
import { formatProblem } from "../../../model/yaml/problem";
import { buildPlan } from "../../../model/plan/build";
import { catalogue, lambda, plainText, reads, service } from "../plan/support/catalogues";
import { managedAdministratorPlan } from "../plan/support/managedAdministrator";
import { organisation } from "../plan/support/organisations";
import * as full from "./support/fullDocuments";

describe("limits", () => {
  it("are AWS's", () => {
    assert.deepEqual(policyLimits, {
      secret: 20_480,
      key: 32_768,
      role: 10_240,
      boundary: 6_144,
      trust: 2_048,
    });
  });

  it("of the role that reads administrators' logins which RDS manages are found before anything is deployed", () => {
    const plan = managedAdministratorPlan();
    const prod = plan.rotators.find(
      (one) => one.environment === "prod" && one.hosted === "platform" && one.managedAdmins !== undefined,
    );
    assert.ok(prod?.hosted === "platform" && prod.managedAdmins !== undefined);
    const problemsWith = (count: number) => {
      const [arn = ""] = prod.managedAdmins!.secrets;
      const secrets = Array.from({ length: count }, (_, index) =>
        arn.replace("5e6f7a8b", String(10 ** 7 + index)),
      );
      Object.assign(prod, { managedAdmins: { ...prod.managedAdmins, secrets } });
      return limitProblems(plan).map(formatProblem);
    };
    assert.deepEqual(problemsWith(110), []);
    const [problem = "", ...others] = problemsWith(130);
    assert.deepEqual(others, []);
    assert.match(
      problem,
      /^services\/orders\.yaml:6:\d+ secrets\.database: the policy of role rotation-administrators in prod would have [\d,]+ characters, [\d,]+ too many, with 130 administrators that RDS manages; IAM takes 10,240/,
    );
  });

  const cases: readonly (readonly [string, full.FullDocument, string])[] = [
    [
      "a secret's policy with its readers",
      full.sharedSecret,
      "services/orders.yaml:3:5 secrets.shared: the policy of orders/prod/shared would have 20,481 characters, 1 too many, " +
        "with its 90 readers (orders-prod-reader-00, orders-prod-reader-01, orders-prod-reader-02, orders-prod-reader-03, " +
        "orders-prod-reader-04 and 85 more); Secrets Manager takes 20,480 characters; " +
        "give some of these readers a secret of their own",
    ],
    [
      "the policy of a key that services share, naming those that weigh most",
      full.sharedKey,
      "services/orders.yaml:3:5 parameters.token: the policy of key alias/prod/configuration in account 111111111111 " +
        "would have 32,769 characters, 1 too many; KMS takes 32,768 bytes; give services a key of their own with " +
        "`key: own`, the largest first: payments with 290 roles, orders with 31 roles",
    ],
    [
      "the policy of a service's own key, for which `key: own` is no remedy",
      full.ownKey,
      "services/orders.yaml:3:5 parameters.token: the policy of key alias/prod/payments in account 111111111111 " +
        "would have 32,769 characters, 1 too many; KMS takes 32,768 bytes; " +
        "let fewer consumers of payments read its SecureStrings, or split the service",
    ],
    [
      "the policy of the key over copies in another region, which is the longer",
      full.copiesKey,
      "services/orders.yaml:3:5 parameters.token: the policy of key alias/prod/configuration in account 111111111111 " +
        "would have 32,769 characters, 1 too many; KMS takes 32,768 bytes; give services a key of their own with " +
        "`key: own`, the largest first: payments with 321 roles",
    ],
    [
      "a role's policy with the items it reads",
      full.role,
      "services/orders.yaml:3:5 consumers.api: the policy of role orders-prod-api would have 10,241 characters, " +
        "1 too many, with the 120 items it reads; IAM takes 10,240 characters of inline policies; split the consumer, " +
        "or gather values that are read together into one secret with fields",
    ],
    [
      "the permissions boundary with its settings",
      full.boundary,
      "Pulumi.prod.yaml:1:1 config.secrets-platform:boundary: the permissions boundary would have 6,145 characters, " +
        "1 too many; IAM takes 6,144 characters in a managed policy; " +
        "take statements out of the setting, or join those with the same resources",
    ],
    [
      "the trust of roles for people",
      full.peoplesTrust,
      "Pulumi.yaml:1:1 config.principals.auditors.trusted: the trust of the role for auditors would have " +
        "2,049 characters, 1 too many; IAM takes 2,048 characters in a role's trust policy; name fewer roles",
    ],
    [
      "the policies of roles for people",
      full.peoplesPolicy,
      "Pulumi.yaml:1:1 config.principals.writers: the policy of the role for writers in account 111111111111 would have " +
        "10,242 characters, 2 too many, with the 133 keys there; IAM takes 10,240 characters of inline policies; " +
        "give fewer services a key of their own, or hold environments in several security stacks",
    ],
    [
      "the policy of this platform's own rotation function",
      full.rotator,
      "services/orders.yaml:3:5 secrets.login-00: the policy of role rotation-prod-postgres would have " +
        "10,241 characters, 1 too many, with 90 administrators' logins; IAM takes 10,240 characters of inline policies; " +
        "rotate some of these secrets by AWS's functions, with `hosted: aws`",
    ],
    [
      "the policy of the role that redeploys ECS services",
      full.rollouts,
      "services/orders.yaml:3:5 consumers.web-00.rollout: the policy of role rotation-rollout in prod would have " +
        "10,241 characters, 1 too many, with all that stands under `rollout`; IAM takes 10,240 characters of inline policies; " +
        "take `rollout` from some consumers, and read the values at run time",
    ],
  ];

  for (const [what, document, said] of cases) {
    it(`hold ${what}`, () => {
      assert.deepEqual(problemsAt(document, 0), []);
      assert.deepEqual(problemsAt(document, 1), [said]);
    });
  }
});

/** Roles that nobody may change are named in it. */
describe("the policy for the organisation", () => {
  it("is held to what AWS Organizations takes", () => {
    const whole = organisation();
    const administrators = Array.from({ length: 70 }, (_, index) => `administrator-of-keys-${index}`);
    const plan = buildPlan(catalogue(), { ...whole, principals: { ...whole.principals, administrators } });
    assert.deepEqual(limitProblems(plan).map(formatProblem), [
      "Pulumi.yaml:1:1 config.principals.administrators: the policy for the organisation would have 6,372 characters, " +
        "1,252 too many, with the roles of `deployer`, `administrators` and `foundation`; " +
        "AWS Organizations takes 5,120 characters in a service control policy; name fewer roles",
    ]);
  });
});

/** Each role for people has a trust of its own, which grows with the names in its setting. */
describe("the trusts of roles for people", () => {
  const roles = ["writers", "developers", "auditors", "breakGlass"] as const;

  for (const role of roles) {
    it(`are held to what IAM takes: ${role}`, () => {
      const whole = organisation();
      const trusted = Array.from({ length: 60 }, (_, index) => `teams/${role}-${index}-of-those-who-may`);
      const principals = { ...whole.principals, [role]: { ...whole.principals[role], trusted } };
      assert.deepEqual(
        limitProblems(buildPlan(catalogue(), { ...whole, principals })).map(({ path }) => path),
        [`config.principals.${role}.trusted`],
      );
    });
  }
});

/** How many items a function reads decides how much stands in its variables. */
describe("the variables of a Lambda function", () => {
  const problems = (
    count: number,
    code: string | undefined,
    owner = "orders",
    variables: readonly PlainVariable[] = [],
  ): string[] => {
    const names = Array.from({ length: count }, (_, index) => `parameter-${String(index).padStart(2, "0")}`);
    const reader = lambda(
      "api",
      names.map((name) => reads(owner, name)),
    );
    const built = {
      ...{ code: code ?? "", handler: "index.handler", runtime: "nodejs24.x" },
      ...{ architecture: "arm64" as const, layers: [], extension: false, ephemeralStorageMiB: 512 },
    };
    const consumers = [
      {
        ...reader,
        variables,
        ...(code !== undefined && { function: { ...built, memoryMiB: 256, timeoutSeconds: 30 } }),
      },
    ];
    const parameters = names.map((name) => plainText(name));
    const services =
      owner === "orders"
        ? [service("orders", { parameters, consumers })]
        : [service(owner, { parameters }), service("orders", { consumers })];
    return limitProblems(buildPlan(catalogue(...services), organisation())).map(formatProblem);
  };

  it("are held to what Lambda takes", () => {
    assert.deepEqual(problems(45, "code"), []);
    assert.deepEqual(problems(46, "code"), [
      "services/orders.yaml:3:5 consumers.api: the variables of orders-prod-api with the ARNs of the 46 items it reads " +
        "would have 4,187 bytes, 91 too many; Lambda takes 4,096 bytes; " +
        "split the consumer, or gather values that are read together into one secret with fields",
    ]);
  });

  it("are counted in bytes of UTF-8", () => {
    const plain = [{ variable: "A", value: { prod: "é".repeat(2_050) } }];
    const [said = ""] = problems(0, "code", "orders", plain);
    assert.match(said, /would have 4,108 bytes, 12 too many; Lambda takes 4,096 bytes/);
  });

  it("count those in plain text too", () => {
    const most = 4_096 - '{"A":""}'.length;
    const plain = (length: number) => [{ variable: "A", value: { prod: "x".repeat(length) } }];
    assert.deepEqual(problems(0, "code", "orders", plain(most)), []);
    const [said = ""] = problems(0, "code", "orders", plain(most + 1));
    assert.match(said, / the ARNs of the 0 items it reads would have 4,097 bytes, 1 too many; /);
  });

  it("name the service of what is another's in the variable", () => {
    // Of 46: `ORDERX_` before each variable.
    const [said = ""] = problems(46, "code", "orderx");
    assert.match(said, / would have 4,509 bytes, /);
  });

  it("are none where it has no code", () => assert.deepEqual(problems(46, undefined), []));
});

/** What is said of the plan whose document is the longest that AWS takes, and that many steps longer. */
function problemsAt({ limit, plan, step = 1, document }: full.FullDocument, steps: number): string[] {
  const missing = limit - policyText(document(plan(0))).length;
  assert.ok(missing >= 0, `${-missing} characters too many before anything was lengthened`);
  const lengthened = plan(Math.floor(missing / step) + steps);
  const excess = policyText(document(lengthened)).length - limit;
  assert.ok(excess <= steps * step && excess > (steps - 1) * step, `${excess} characters too many`);
  return limitProblems(lengthened).map(formatProblem);
}
