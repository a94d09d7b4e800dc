import { createHash } from "node:crypto";
import { partitions } from "../../model/aws/partitions";
import { type EndpointIds, exampleEndpointIds } from "../../model/detection/endpointIds";
import type { Organisation } from "../../model/organisation/types";
import { arn, type Place } from "../../model/plan/arns";

type Properties = Readonly<Record<string, unknown>>;

/** What a provider would answer for a resource beside its inputs. */
export type CloudOutputs = (type: string, name: string, inputs: Properties) => Record<string, unknown>;

/**
 * Answers of the same form as AWS's, made from the inputs alone, so that two runs give the same. `stackOutputs` gives
 * those of a stack by its full name.
 */
export function cloudOutputs(
  organisation: Organisation,
  account: string,
  stackOutputs: (reference: string) => Properties,
): CloudOutputs {
  const home: Place = { ...organisation, account };
  return (type, name, inputs) => {
    if (type === "pulumi:pulumi:StackReference") {
      return { ...inputs, outputs: stackOutputs(name), secretOutputNames: [] };
    }
    const place = { ...home, region: text(inputs["region"]) ?? home.region };
    return (known[type] ?? anyResource(type))(
      place,
      name,
      inputs,
      `${account}/${place.region}/${type}/${name}`,
    );
  };
}

type Answer = (place: Place, name: string, inputs: Properties, seed: string) => Record<string, unknown>;

const known: Readonly<Record<string, Answer>> = {
  "aws:kms/key:Key": (place, _name, _inputs, seed) => {
    const keyId = uuid(seed);
    return { id: keyId, keyId, arn: arn("kms", place, `key/${keyId}`) };
  },
  "aws:kms/alias:Alias": (place, _name, inputs) => ({
    id: inputs["name"],
    arn: arn("kms", place, String(inputs["name"])),
  }),
  "aws:secretsmanager/secret:Secret": (place, _name, inputs, seed) => {
    const secretArn = arn("secretsmanager", place, `secret:${String(inputs["name"])}-${hash(seed, 6)}`);
    return { id: secretArn, arn: secretArn };
  },
  "aws:iam/role:Role": (place, _name, inputs, seed) => ({
    id: inputs["name"],
    arn: globalArn(place, "iam", `role${text(inputs["path"]) ?? "/"}${String(inputs["name"])}`),
    uniqueId: `AROA${hash(seed, 17).toUpperCase()}`,
  }),
  "aws:iam/policy:Policy": (place, _name, inputs) => {
    const policyArn = globalArn(
      place,
      "iam",
      `policy${text(inputs["path"]) ?? "/"}${String(inputs["name"])}`,
    );
    return { id: policyArn, arn: policyArn };
  },
  "aws:iam/instanceProfile:InstanceProfile": (place, _name, inputs) => ({
    id: inputs["name"],
    arn: globalArn(place, "iam", `instance-profile${text(inputs["path"]) ?? "/"}${String(inputs["name"])}`),
  }),
  "aws:ssm/parameter:Parameter": (place, _name, inputs) => ({
    id: inputs["name"],
    arn: arn("ssm", place, `parameter${String(inputs["name"])}`),
    version: 1,
  }),
  "aws:lambda/function:Function": (place, _name, inputs) => ({
    id: inputs["name"],
    arn: arn("lambda", place, `function:${String(inputs["name"])}`),
  }),
  "aws:ecs/taskDefinition:TaskDefinition": (place, _name, inputs) => ({
    id: inputs["family"],
    revision: 1,
    arn: arn("ecs", place, `task-definition/${String(inputs["family"])}:1`),
  }),
  "aws:codebuild/project:Project": (place, _name, inputs) => {
    const projectArn = arn("codebuild", place, `project/${String(inputs["name"])}`);
    return { id: projectArn, arn: projectArn };
  },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": (place, _name, inputs, seed) => {
    const associationId = `a-${hash(seed, 17)}`;
    const associated = `podidentityassociation/${String(inputs["clusterName"])}/${associationId}`;
    return { id: associationId, associationId, associationArn: arn("eks", place, associated) };
  },
  "aws:cloudwatch/logGroup:LogGroup": (place, _name, inputs) => ({
    id: inputs["name"],
    arn: arn("logs", place, `log-group:${String(inputs["name"])}`),
  }),
  "aws:s3/bucket:Bucket": (place, _name, inputs) => ({
    id: inputs["bucket"],
    arn: `arn:${place.partition}:s3:::${String(inputs["bucket"])}`,
  }),
  "aws:ec2/launchTemplate:LaunchTemplate": (place, _name, _inputs, seed) => ({
    id: `lt-${hash(seed, 17)}`,
    arn: arn("ec2", place, `launch-template/lt-${hash(seed, 17)}`),
    latestVersion: 1,
    defaultVersion: 1,
  }),
  "aws:ec2/securityGroup:SecurityGroup": (place, _name, _inputs, seed) => ({
    id: `sg-${hash(seed, 17)}`,
    arn: arn("ec2", place, `security-group/sg-${hash(seed, 17)}`),
  }),
  "aws:ec2/vpcEndpoint:VpcEndpoint": (place, _name, inputs, seed) => {
    // Those that patterns of metric filters name are the ones that the checks of their length reckon with.
    const service = String(inputs["serviceName"]).split(".").at(-1) as keyof EndpointIds;
    const id = exampleEndpointIds[service] ?? `vpce-${hash(seed, 17)}`;
    return { id, arn: arn("ec2", place, `vpc-endpoint/${id}`), prefixListId: `pl-${hash(seed, 8)}` };
  },
  "aws:sns/topic:Topic": (place, _name, inputs) => {
    const topic = arn("sns", place, String(inputs["name"]));
    return { id: topic, arn: topic };
  },
  "aws:sqs/queue:Queue": (place, _name, inputs) => {
    const queue = String(inputs["name"]);
    const url = `https://sqs.${place.region}.${partitions[place.partition].dnsSuffix}/${place.account}/${queue}`;
    return { id: url, url, arn: arn("sqs", place, queue) };
  },
  "aws:serverlessrepository/cloudFormationStack:CloudFormationStack": (place, _name, inputs, seed) => ({
    id: arn("cloudformation", place, `stack/serverlessrepo-${String(inputs["name"])}/${uuid(seed)}`),
    outputs: { RotationLambdaARN: arn("lambda", place, `function:${parameter(inputs, "functionName")}`) },
  }),
  "secrets-platform:index:SecretValue": (_place, _name, inputs, seed) => ({
    id: inputs["secretId"],
    versionId: uuid(seed),
  }),
  "secrets-platform:index:ExpiringParameter": (place, _name, inputs) => ({
    id: inputs["name"],
    arn: arn("ssm", place, `parameter${String(inputs["name"])}`),
    tier: "Advanced",
    expiresAt: "",
    incarnation: "1",
    pendingPolicies: [],
  }),
  "random:index/randomId:RandomId": (_place, _name, _inputs, seed) => ({
    id: hash(seed, 8),
    hex: hash(seed, 8),
    dec: "1",
    b64Std: "AAAA",
    b64Url: "AAAA",
  }),
  "awsx:ec2:Vpc": (_place, name, inputs, seed) => {
    const zones = Number(inputs["numberOfAvailabilityZones"] ?? 3);
    const subnets = (kind: string) =>
      Array.from({ length: zones }, (_, zone) => `subnet-${hash(`${seed}/${kind}/${zone}`, 17)}`);
    return {
      vpcId: `vpc-${hash(name, 17)}`,
      privateSubnetIds: subnets("private"),
      isolatedSubnetIds: subnets("isolated"),
      publicSubnetIds: subnets("public"),
      routeTables: subnets("private").map((_, zone) => ({
        id: `rtb-${hash(`${seed}/${zone}`, 17)}`,
        tags: { SubnetType: "Private" },
      })),
    };
  },
};

/** An identifier and an ARN of the usual form, for types nothing else is asked of. */
function anyResource(type: string): Answer {
  const [, path = ""] = type.split(":");
  const [module = "aws", kind = "resource"] = path.split("/");
  return (place, name, inputs) => {
    const id = text(inputs["name"]) ?? name;
    return { id, arn: arn(module, place, `${kind}/${id}`) };
  };
}

function globalArn(place: Place, service: string, resource: string): string {
  return `arn:${place.partition}:${service}::${place.account}:${resource}`;
}

function parameter(inputs: Properties, name: string): string {
  return text((inputs["parameters"] as Properties | undefined)?.[name]) ?? "";
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function hash(seed: string, length: number): string {
  return createHash("sha256").update(seed).digest("hex").slice(0, length);
}

function uuid(seed: string): string {
  const hex = hash(seed, 32);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
