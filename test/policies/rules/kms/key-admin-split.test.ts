import { keyAdminSplit } from "../../../../policies/rules/kms/key-admin-split";
import { testRule } from "../../support/cases";
import { declare, document, later, policy, security, type StatementInput } from "../../support/program";

const root = { AWS: `arn:aws:iam::${security}:root` };
const deployer = `arn:aws:iam::${security}:role/platform-deployer`;
const reader = `arn:aws:iam::${security}:role/platform/break-glass`;
const by = (role: string, more: object = {}) => ({ ArnLike: { "aws:PrincipalArn": role }, ...more });
const administration = (Condition: object = by(deployer)): StatementInput => ({
  Sid: "Administration",
  Action: ["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"],
  Principal: root,
  Resource: "*",
  Condition,
});
const use = (Condition: object, Action: unknown = "kms:Decrypt"): StatementInput => ({
  Sid: "Use",
  Action,
  Principal: root,
  Resource: "*",
  Condition,
});
const via = (...services: string[]) => ({ StringEquals: { "kms:ViaService": services } });
const key = (...statements: StatementInput[]) => declare("key", { policy: policy(...statements) });
const reads = (who: string) => `policy statement "Use" lets ${who} read`;

testRule(keyAdminSplit, {
  passes: {
    "two roles": key(administration(), use(by(reader))),
    "a deployer that puts values through Secrets Manager": key(
      administration(),
      use(by(deployer, via("secretsmanager.eu-west-1.amazonaws.com")), [
        "kms:Decrypt",
        "kms:GenerateDataKey",
      ]),
    ),
    "a deployer that sets functions' environments": key(
      administration(),
      use(by(deployer, via("lambda.eu-west-1.amazonaws.com")), ["kms:Decrypt", "kms:CreateGrant"]),
    ),
    "a deployer that only encrypts": key(
      administration(),
      use(by(deployer), ["kms:GenerateDataKey", "kms:Encrypt"]),
    ),
    "a service that decrypts": key(administration(), {
      Action: "kms:Decrypt",
      Principal: { Service: "logs.amazonaws.com" },
      Resource: "*",
    }),
  },
  fails: {
    "one of two administrators": {
      program: key(
        administration({
          ArnLike: { "aws:PrincipalArn": ["arn:aws:iam::111111111111:role/other", deployer] },
        }),
        use(by(deployer)),
      ),
      at: reads(deployer),
    },

    "the deployer reads": { program: key(administration(), use(by(deployer))), at: reads(deployer) },
    "the deployer reads through Parameter Store": {
      program: key(administration(), use(by(deployer, via("ssm.eu-west-1.amazonaws.com")))),
      at: reads(deployer),
    },
    "through Secrets Manager or Parameter Store": {
      program: key(
        administration(),
        use(by(deployer, via("secretsmanager.eu-west-1.amazonaws.com", "ssm.eu-west-1.amazonaws.com"))),
      ),
      at: reads(deployer),
    },
    "through Secrets Manager, if at all through a service": {
      program: key(
        administration(),
        use(
          by(deployer, {
            StringEqualsIfExists: { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" },
          }),
        ),
      ),
      at: reads(deployer),
    },
    "a pattern of roles that holds the deployer": {
      program: key(administration(), use(by(`arn:aws:iam::${security}:role/*`))),
      at: `policy statement "Use" lets arn:aws:iam::${security}:role/* read`,
    },
    "grants by the deployer": {
      program: key(administration(), use(by(deployer), "kms:CreateGrant")),
      at: reads(deployer),
    },
    "the deployer re-encrypts": {
      program: key(administration(), use(by(deployer), "kms:ReEncrypt*")),
      at: reads(deployer),
    },
    "who deletes reads": {
      program: key({ ...administration(), Action: "kms:ScheduleKeyDeletion" }, use(by(deployer))),
      at: reads(deployer),
    },
    "everything in one statement": {
      program: key({ Sid: "All", Action: "kms:*", Principal: root, Resource: "*" }),
      at: 'policy statement "All" lets',
    },
    "the role as a principal": {
      program: key(
        { ...administration({}), Principal: { AWS: deployer } },
        { ...use({}), Principal: { AWS: [reader, deployer] } },
      ),
      at: reads(deployer),
    },
  },
  undecided: {
    "one principal of two": {
      program: declare("key", {
        policy: document(administration(), { ...use({}), Principal: { AWS: [reader, later] } }),
      }),
      at: "policy is not known",
    },

    "the policy": { program: declare("key", { policy: later }), at: "policy is not known" },
    "a principal": {
      program: declare("key", {
        policy: document(administration(), { ...use({}), Principal: { AWS: later } }),
      }),
      at: "policy is not known",
    },
  },
});
