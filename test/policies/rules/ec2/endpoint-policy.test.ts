import { storageEndpointPolicy } from "../../../../model/documents/storageEndpointPolicy";
import { endpointPolicy } from "../../../../policies/rules/ec2/endpoint-policy";
import { testRule } from "../../support/cases";
import { declare, document, later, organization, policy, prod } from "../../support/program";

const place = { partition: "aws", region: "eu-west-1", account: prod } as const;
const gateway = (text: string, more: object = {}) =>
  declare(
    "vpcEndpoint",
    { vpcId: "vpc-1", serviceName: "com.amazonaws.eu-west-1.s3", policy: text, ...more },
    { name: "s3" },
  );
const interfaceTo = (text: string) =>
  declare(
    "vpcEndpoint",
    {
      vpcId: "vpc-1",
      serviceName: "com.amazonaws.eu-west-1.ssm",
      vpcEndpointType: "Interface",
      policy: text,
    },
    { name: "ssm" },
  );
const roles = { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${prod}:role/*` } };
const to = { StringEquals: { "aws:ResourceOrgID": organization } };
const everything = { Principal: "*", Action: "s3:*", Resource: "*" };
const layers = "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*";
const bare = declare("vpcEndpoint", { vpcId: "vpc-1", vpcEndpointType: "Gateway" }, { name: "s3" });

testRule(endpointPolicy, {
  passes: {
    "the gateway of the platform's networks": gateway(
      JSON.stringify(storageEndpointPolicy(organization, place)),
      { vpcEndpointType: "Gateway" },
    ),
    "the account's roles to the organisation's buckets": gateway(
      policy({ ...everything, Condition: { ...roles, ...to } }),
    ),
    "the account's roles to buckets by name": gateway(
      policy({
        ...everything,
        Resource: ["arn:aws:s3:::reports", "arn:aws:s3:::reports/*"],
        Condition: roles,
      }),
    ),
    "everybody to read objects by the bucket's name": gateway(
      policy({ Principal: { AWS: "*" }, Action: "s3:GetObject", Resource: [layers] }),
    ),
    "a denial beside": gateway(
      policy({ ...everything, Condition: { ...roles, ...to } }, { ...everything, Effect: "Deny" }),
    ),
    "a policy that stands by itself": [
      bare,
      declare(
        "vpcEndpointPolicy",
        { vpcEndpointId: "vpce-1", policy: policy({ ...everything, Condition: { ...roles, ...to } }) },
        { name: "policy", from: { vpcEndpointId: [bare] } },
      ),
    ],
    "an interface for named principals": interfaceTo(
      policy({ Principal: { AWS: `arn:aws:iam::${prod}:root` }, Action: "ssm:*", Resource: "*" }),
    ),
    "an interface for everybody of the organisation": interfaceTo(
      policy({
        Principal: "*",
        Action: "ssm:*",
        Resource: "*",
        Condition: { StringEquals: { "aws:PrincipalOrgID": organization } },
      }),
    ),
    "an endpoint that takes no policy": declare("vpcEndpoint", {
      vpcId: "vpc-1",
      vpcEndpointType: "GatewayLoadBalancer",
    }),
  },
  fails: {
    "none, which lets all through": { program: bare, at: "policy is missing", on: "s3" },
    "AWS's default, said aloud": {
      program: gateway(policy({ Principal: "*", Action: "*", Resource: "*" })),
      at: "policy statement 1 lets everybody through",
    },
    "everybody over TLS": {
      program: gateway(policy({ ...everything, Condition: { Bool: { "aws:SecureTransport": "true" } } })),
      at: "policy statement 1 lets everybody through",
    },
    "everybody who may be of the organisation": {
      program: gateway(
        policy({
          ...everything,
          Condition: { StringEqualsIfExists: { "aws:PrincipalOrgID": organization } },
        }),
      ),
      at: "policy statement 1 lets everybody through",
    },
    "the account's roles to anybody's buckets": {
      program: gateway(policy({ ...everything, Condition: roles })),
      at: "policy statement 1 leads to things of anybody's",
    },
    "everybody to read any object": {
      program: gateway(policy({ Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::*" })),
      at: "policy statement 1 lets everybody through",
    },
    "everybody to read objects of buckets named alike": {
      program: gateway(
        policy({
          Principal: "*",
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::prod-*-starport-layer-bucket/*",
        }),
      ),
      at: "policy statement 1 lets everybody through",
    },
    "everybody to write to a bucket by name": {
      program: gateway(
        policy({ Principal: "*", Action: ["s3:GetObject", "s3:PutObject"], Resource: layers }),
      ),
      at: "policy statement 1 lets everybody through",
    },
    "everybody to read what is not named": {
      program: gateway(policy({ Principal: "*", Action: "s3:GetObject", NotResource: layers })),
      at: "policy statement 1 lets everybody through",
    },
    "an interface for everybody": {
      program: interfaceTo(policy({ Principal: { AWS: "*" }, Action: "ssm:*", Resource: "*" })),
      at: "policy statement 1 lets everybody through",
      on: "ssm",
    },
    "a policy that stands by itself and is open": {
      program: [
        bare,
        declare(
          "vpcEndpointPolicy",
          { vpcEndpointId: "vpce-1", policy: policy(everything) },
          { name: "policy", from: { vpcEndpointId: [bare] } },
        ),
      ],
      at: "policy statement 1 lets everybody through",
      on: "policy",
    },
  },
  undecided: {
    "the policy": {
      program: declare(
        "vpcEndpoint",
        { vpcId: "vpc-1", policy: later },
        { name: "s3", from: { policy: [bare] } },
      ),
      at: "policy is not known",
    },
    "what the account's roles reach": {
      program: gateway(document({ ...everything, Resource: later, Condition: roles })),
      at: "policy.Statement[0].Resource is not known",
    },
    "an interface's principal": {
      program: interfaceTo(document({ Principal: { AWS: later }, Action: "ssm:*", Resource: "*" })),
      at: "policy.Statement[0].Principal.AWS is not known",
    },
  },
});
