import assert from "node:assert/strict";
import { Access } from "../../../model/access/access";
import { NotModelled } from "../../../model/access/notModelled";
import { all, arnsOf, documentsOf, prod, security, type Statement } from "./support/world";

/** What would be a guess is refused, with its place. */

const { principal, secret, key } = arnsOf({});
const condition = (Condition: unknown): Statement => ({ ...all, Condition });

const statements: readonly (readonly [what: string, Statement, RegExp])[] = [
  ["NotAction", { Effect: "Allow", NotAction: "s3:*", Resource: "*" }, /statement 1: the element NotAction/],
  [
    "a Principal of a role's own",
    { ...all, Principal: "*" },
    /statement All: the element Principal in a policy of a role/,
  ],
  ["an element AWS does not have", { ...all, Actions: "*" }, /the element Actions/],
  ["another Effect", { ...all, Effect: "allow" }, /the Effect "allow"/],
  ["no Action", { Effect: "Allow", Resource: "*" }, /an Action that is no text/],
  [
    "an action that is a typing mistake",
    { ...all, Action: "secretsmanager:GetSecretValu" },
    /GetSecretValu, which secretsmanager does not have/,
  ],
  ["an action without its service", { ...all, Action: "GetSecretValue" }, /the action "GetSecretValue"/],
  ["a wildcard in the service", { ...all, Action: "secret*:GetSecretValue" }, /a wildcard in the service/],
  ["no Resource", { Effect: "Allow", Action: "*" }, /a Resource that is no text/],
  ["both Resource and NotResource", { ...all, NotResource: "*" }, /both Resource and NotResource/],
  ["a resource that is no ARN", { ...all, Resource: "orders/prod/database" }, /which is no ARN/],
  [
    "a policy variable in a resource",
    { ...all, Resource: "arn:aws:ssm:*:*:parameter/${aws:PrincipalTag/x}/*" },
    /a policy variable in the resource/,
  ],
  [
    "a policy variable in a condition",
    condition({ StringLike: { "kms:ViaService": "${aws:username}" } }),
    /a policy variable in StringLike/,
  ],
  [
    "another operator",
    condition({ IpAddress: { "kms:ViaService": "10.0.0.0/8" } }),
    /the operator IpAddress/,
  ],
  [
    "an operator by a name of every object",
    condition({ toString: { "kms:ViaService": "x" } }),
    /the operator toString/,
  ],
  [
    "an operator with both a set and IfExists",
    condition({ "ForAnyValue:StringEqualsIfExists": { "kms:ResourceAliases": "x" } }),
    /ForAnyValue:StringEqualsIfExists/,
  ],
  ["Null with IfExists", condition({ NullIfExists: { "kms:ViaService": "true" } }), /NullIfExists/],
  ["another key", condition({ StringEquals: { "aws:SourceIp": "x" } }), /the condition key aws:SourceIp/],
  [
    "a tag",
    condition({ StringEquals: { "aws:PrincipalTag/service": "orders" } }),
    /aws:PrincipalTag\/service/,
  ],
  [
    "a key whose value nobody knows beforehand",
    condition({ StringEquals: { "kms:EncryptionContext:SecretVersionId": "x" } }),
    /SecretVersionId/,
  ],
  [
    "several values without a set operator",
    condition({ StringEquals: { "kms:ResourceAliases": "alias\/x" } }),
    /without ForAnyValue or ForAllValues on kms:ResourceAliases/,
  ],
  [
    "what is no ARN for an ARN's operator",
    condition({ ArnLike: { "aws:PrincipalArn": "*" } }),
    /what is no ARN/,
  ],
  [
    "a number",
    condition({ StringEquals: { "kms:ViaService": 1 } }),
    /what StringEquals kms:ViaService is compared with/,
  ],
  ["no value", condition({ StringEquals: { "kms:ViaService": [] } }), /is compared with/],
  [
    "neither true nor false",
    condition({ Bool: { "aws:SecureTransport": "yes" } }),
    /Bool aws:SecureTransport neither/,
  ],
  ["a Condition that is a list", condition([]), /a Condition that is no object/],
];

const principals: readonly (readonly [what: string, unknown, RegExp])[] = [
  [
    "a user",
    { AWS: `arn:aws:iam::${prod}:user/mallory` },
    /the principal "arn:aws:iam::333333333333:user\/mallory"/,
  ],
  ["a session", { AWS: `arn:aws:sts::${prod}:assumed-role/x/y` }, /assumed-role/],
  ["a wildcard in a name", { AWS: `arn:aws:iam::${prod}:role/*` }, /role\/\*/],
  ["a federated one", { Federated: "cognito-identity.amazonaws.com" }, /a Principal of Federated/],
  ["a list", ["*"], /neither \* nor an object/],
  ["an empty one", {}, /a Principal that names nobody/],
  ["an empty list", { AWS: [] }, /a Principal that names nobody/],
  ["none", undefined, /neither \* nor an object/],
];

describe("the evaluator does not guess", () => {
  for (const [what, statement, expected] of statements) {
    it(`what ${what} means`, () => {
      assert.throws(
        () => new Access(documentsOf({ identity: [statement] })),
        refusal(expected, "the role's policy"),
      );
    });
  }

  for (const [who, Principal, expected] of principals) {
    it(`whom ${who} as Principal means`, () => {
      const statement = { ...all, ...(Principal !== undefined && { Principal }) };
      assert.throws(
        () => new Access(documentsOf({ secretPolicy: [statement] })),
        refusal(expected, "the secret's policy"),
      );
    });
  }

  it("at NotPrincipal", () => {
    const statement = { ...all, Effect: "Deny", Principal: "*", NotPrincipal: { AWS: security } };
    assert.throws(() => new Access(documentsOf({ secretPolicy: [statement] })), /the element NotPrincipal/);
  });

  it("at documents of the older version, or that are none", () => {
    for (const document of [
      "{",
      "[]",
      '"x"',
      { Statement: [all] },
      { Version: "2008-10-17", Statement: [all] },
    ]) {
      const documents = documentsOf({});
      const [role] = documents.principals;
      const policies = [{ name: "the role's policy", document }];
      assert.throws(
        () => new Access({ ...documents, principals: [{ ...role!, policies }] }),
        NotModelled,
        JSON.stringify(document),
      );
    }
  });

  it("at a key that one object has twice, of which readers take the one or the other", () => {
    const documents = documentsOf({});
    const [role] = documents.principals;
    const reading = (statement: string) => {
      const document = `{"Version":"2012-10-17","Statement":[${statement}]}`;
      const policies = [{ name: "the role's policy", document }];
      return () => new Access({ ...documents, principals: [{ ...role!, policies }] });
    };
    const rest = '"Action":"*","Resource":"*"';
    for (const [statement, key] of [
      [`{"Effect":"Deny","Effect":"Allow",${rest}}`, "Effect"],
      [`{"Effect":"Deny","\\u0045ffect" : "Allow",${rest}}`, "Effect"],
      [`{"Effect":"Allow",${rest},"Condition":{"Null":{"aws:SourceArn":"true"},"Null":{}}}`, "Null"],
    ] as const) {
      assert.throws(
        reading(statement),
        new RegExp(`the role's policy, the key "${key}", which one object has twice`),
      );
    }
    const alike = `{"Sid":"{\\"Sid\\":","Effect":"Allow",${rest},"Condition":{"Null":{"aws:SourceArn":"true"}}}`;
    assert.doesNotThrow(reading(`${alike},${alike}`));
  });

  it("whether service control policies bind a service-linked role, which they do not", () => {
    const role = "aws-service-role/x.amazonaws.com/AWSServiceRoleForX";
    assert.throws(
      () => new Access(documentsOf({ role, controls: [[all]] })),
      /a service-linked role, which the organisation's policies do not bind/,
    );
    assert.doesNotThrow(() => new Access(documentsOf({ role })));
  });

  it("at names that are no ARN of a role, secret, parameter or key, or of an account nobody described", () => {
    const documents = documentsOf({});
    const [role] = documents.principals;
    const [item] = documents.items;
    for (const arn of [
      `arn:aws:iam::${security}:user/x`,
      `arn:aws:iam::${security}:role/*`,
      "arn:aws-iso:iam::111111111111:role/x",
      "arn:aws:iam::999999999999:role/x",
      `arn:aws:iam:eu-west-1:${security}:role/x`,
    ]) {
      assert.throws(() => new Access({ ...documents, principals: [{ ...role!, arn }] }), NotModelled, arn);
    }
    for (const arn of [secret.replace("a1B2c3", "??????"), secret.replace("-a1B2c3", ""), principal]) {
      assert.throws(() => new Access({ ...documents, items: [{ ...item!, arn }] }), NotModelled, arn);
    }
    assert.throws(() => new Access({ ...documents, keys: [] }), /the key .* which is not described/);
    assert.throws(() => new Access({ ...documents, items: [item!, item!] }), /which is there twice/);
  });

  it("but tells all of it at once, each with its document and statement, once", () => {
    const documents = documentsOf({
      identity: [
        { ...all, Sid: "One", NotAction: "x" },
        condition({ IpAddress: { "aws:PrincipalArn": "x" } }),
      ],
      key: [{ ...all, Sid: "Two", Principal: { Federated: "x" } }],
    });
    assert.throws(
      () => new Access(documents),
      (error) => {
        assert.ok(error instanceof NotModelled);
        assert.deepEqual(error.reasons, [
          "the key's policy, statement Two: a Principal of Federated",
          "the role's policy, statement One: the element NotAction in a policy of a role",
          "the role's policy, statement All: the operator IpAddress",
        ]);
        return true;
      },
    );
  });

  it("about statements that open no value, it need not: their conditions are left unread", () => {
    const statement = {
      Effect: "Allow",
      Action: "ec2:*",
      Resource: "*",
      Condition: { IpAddress: { "x:y": "z" } },
    };
    assert.doesNotThrow(() => new Access(documentsOf({ identity: [statement] })));
  });

  it("in China, where the decision hangs on the domain that a service shows", () => {
    const region = "cn-north-1";
    const opened = {
      Effect: "Allow",
      Principal: { AWS: arnsOf({ region }).root },
      Action: "kms:Decrypt",
      Resource: "*",
      Condition: { StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` } },
    };
    const access = new Access(documentsOf({ region, identity: [all], key: [opened] }));
    const { principal, secret } = arnsOf({ region });
    assert.throws(
      () => access.decide({ principal, item: secret, action: "kms:Decrypt" }),
      /under which domain/,
    );
  });

  it("which endpoint a service's call for a role shows", () => {
    const opened = condition({ StringEquals: { "aws:SourceVpce": "vpce-1" } });
    const access = new Access(documentsOf({ identity: [opened], key: [{ ...all, Principal: "*" }] }));
    assert.throws(() => access.decide({ principal, item: secret, action: "kms:Decrypt" }), /aws:SourceVpce/);
  });

  it("about whom and what it was not told", () => {
    const access = new Access(documentsOf({ identity: [all] }));
    const read = { principal, item: secret, action: "secretsmanager:GetSecretValue" } as const;
    assert.throws(() => access.decide({ ...read, principal: `${principal}-2` }), /not among the documents/);
    assert.throws(() => access.decide({ ...read, item: key }), /not among the documents/);
    assert.throws(() => access.decide({ ...read, endpoint: "vpce-2" }), /not among the documents/);
  });
});

function refusal(expected: RegExp, where: string) {
  return (error: unknown) => {
    assert.ok(error instanceof NotModelled, String(error));
    assert.match(error.message, expected);
    assert.ok(error.reasons.every((reason) => reason.startsWith(`${where}, statement `)));
    return true;
  };
}
