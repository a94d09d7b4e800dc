import { serviceName, serviceUse } from "../../../model/aws/serviceUse";
import type { ServicePlace } from "../../../model/aws/servicePrincipals";
import type { DocumentKind } from "../../model/documents/support/forbidden";

/** A statement as AWS gets it. */
export interface EmittedStatement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: "*" | Readonly<Record<string, string | readonly string[]>>;
  readonly Action?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface PlacedStatement {
  readonly statement: EmittedStatement;
  readonly kind: DocumentKind;
  /** Where services would be named in it; undefined for a document that names none. */
  readonly place: ServicePlace | undefined;
}

/** Is the key in the context of every request that the statement is about? The page says when it is. */
interface Presence {
  readonly page: string;
  readonly when: (placed: PlacedStatement, key: string) => boolean;
}

const user = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html";
const kms = "https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html";
const reference = "https://docs.aws.amazon.com/service-authorization/latest/reference";

export const presence: Readonly<Record<string, Presence>> = {
  "aws:PrincipalArn": { page: `${user}#condition-keys-principalarn`, when: byIdentity },
  "aws:PrincipalOrgID": { page: `${user}#condition-keys-principalorgid`, when: byIdentity },
  "aws:ResourceOrgID": { page: `${user}#condition-keys-resourceorgid`, when: byIdentity },
  // Those that EKS Pod Identity adds to each session.
  "aws:RequestTag": {
    page: "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html#pod-id-abac-tags",
    when: ({ statement, kind }, key) =>
      kind === "trust" &&
      servicesIn(statement).join() === "pods.eks.amazonaws.com" &&
      /^aws:RequestTag\/(?:eks-cluster-(?:arn|name)|kubernetes-(?:namespace|service-account|pod-name|pod-uid))$/.test(
        key,
      ),
  },
  // Of a token, by the name of its provider.
  ":aud and :sub": {
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif",
    when: ({ statement, kind }, key) =>
      kind === "trust" && federatedIn(statement).every((arn) => arn.endsWith(`/${key.slice(0, -4)}`)),
  },
  "aws:TagKeys": {
    page: `${user}#condition-keys-tagkeys`,
    when: (placed) =>
      only(
        placed,
        /^(?:secretsmanager:(?:Tag|Untag)Resource|ssm:(?:AddTagsToResource|RemoveTagsFromResource))$/,
      ),
  },
  "aws:SecureTransport": { page: `${user}#condition-keys-securetransport`, when: () => true },
  "aws:MultiFactorAuthPresent": {
    page: `${user}#condition-keys-multifactorauthpresent`,
    when: (placed) => placed.kind === "trust" && byIdentity(placed),
  },
  "aws:MultiFactorAuthAge": {
    page: `${user}#condition-keys-multifactorauthage`,
    when: (placed) => placed.kind === "trust" && byIdentity(placed),
  },
  "aws:SourceAccount": { page: `${user}#condition-keys-sourceaccount`, when: sentByServices },
  "aws:SourceArn": { page: `${user}#condition-keys-sourcearn`, when: sentByServices },
  "kms:EncryptionContext": { page: `${kms}#conditions-kms-encryption-context`, when: carriesContext },
  "kms:ResourceAliases": {
    page: `${kms}#conditions-kms-resource-aliases`,
    when: (placed) => placed.kind === "identity" && only(placed, /^kms:/),
  },
  "kms:ViaService": {
    page: `${kms}#conditions-kms-via-service`,
    when: (placed) =>
      byIdentity(placed) &&
      only(placed, /^kms:/) &&
      conditionValues(placed, "kms:ViaService").every((host) => viaServices.test(host)),
  },
  "lambda:SourceFunctionArn": {
    page: "https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html",
    when: ({ kind }) => kind === "identity",
  },
  "s3:ResourceAccount": { page: `${reference}/list_amazons3.html`, when: (placed) => only(placed, /^s3:/) },
  "s3:x-amz-acl": {
    page: `${reference}/list_amazons3.html`,
    when: (placed) => only(placed, /^s3:PutObject$/),
  },
  "secretsmanager:ExternalSecretRotationRoleArn": {
    page: `${reference}/list_awssecretsmanager.html`,
    when: (placed) => only(placed, /^secretsmanager:RotateSecret$/),
  },
  "secretsmanager:ModifyRotationRules": {
    page: `${reference}/list_awssecretsmanager.html`,
    when: (placed) => only(placed, /^secretsmanager:RotateSecret$/),
  },
  "secretsmanager:RotationLambdaARN": {
    page: `${reference}/list_awssecretsmanager.html`,
    when: (placed) => only(placed, /^secretsmanager:RotateSecret$/),
  },
  "secretsmanager:resource/AllowRotationLambdaArn": {
    page: `${reference}/list_awssecretsmanager.html`,
    when: (placed) =>
      only(
        placed,
        /^secretsmanager:(?:DescribeSecret|GetSecretValue|ListSecretVersionIds|PutSecretValue|UpdateSecretVersionStage)$/,
      ),
  },
};

/** Undefined for a key that is not listed here yet. */
export function presenceOf(key: string): Presence | undefined {
  if (key.startsWith("aws:RequestTag/")) return presence["aws:RequestTag"];
  if (/^oidc[.-]eks\..*:(?:aud|sub)$/.test(key)) return presence[":aud and :sub"];
  return presence[key.startsWith("kms:EncryptionContext:") ? "kms:EncryptionContext" : key];
}

/** Which services may stand between a caller and a key, of those this platform uses. */
const viaServices = /^(?:lambda|s3|secretsmanager|sns|ssm)\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/;

/** Which service's calls carry which context, each between the caller and the key. */
const contexts: Readonly<Record<string, string>> = {
  SecretARN: "secretsmanager",
  PARAMETER_ARN: "ssm",
  "aws:sns:topicArn": "sns",
  "aws:cloudtrail:arn": "s3",
};

/** Results of Athena are under keys by calls of its own. */
const ownContexts = ["aws:athena:arn"];

/** Roles and users; a service that calls for itself is none. */
function byIdentity({ statement, kind }: PlacedStatement): boolean {
  return kind === "identity" || servicesIn(statement).length === 0;
}

/** A Deny to all but what says where it comes from holds for whoever does not say. */
function deniesTheRest({ statement }: PlacedStatement, key: string): boolean {
  const operators = Object.entries(statement.Condition ?? {}).filter(([, tests]) => key in tests);
  return statement.Effect === "Deny" && operators.every(([operator]) => /^(?:Arn|String)Not/.test(operator));
}

function sentByServices(placed: PlacedStatement, key: string): boolean {
  if (deniesTheRest(placed, key)) return true;
  const { statement, place } = placed;
  const services = servicesIn(statement);
  return (
    services.length > 0 &&
    services.every((principal) => {
      const use = place && serviceUse(serviceName(principal) ?? "", place);
      return use?.sends.some((sent) => sent === key) ?? false;
    })
  );
}

function carriesContext(placed: PlacedStatement, key: string): boolean {
  const context = key.slice("kms:EncryptionContext:".length);
  const services = servicesIn(placed.statement);
  const known =
    services.length > 0
      ? services.every((name) => serviceUse(serviceName(name) ?? "", "key")?.contexts?.includes(context))
      : ownContexts.includes(context) ||
        conditionValues(placed, "kms:ViaService").every((host) => host.startsWith(`${contexts[context]}.`));
  return known && only(placed, /^kms:(?:CreateGrant|Decrypt|Encrypt|GenerateDataKey\*?|ReEncrypt\*)$/);
}

function only({ statement }: PlacedStatement, actions: RegExp): boolean {
  return many(statement.Action).every((action) => actions.test(action));
}

export function servicesIn({ Principal }: EmittedStatement): readonly string[] {
  return Principal === undefined || Principal === "*" ? [] : many(Principal["Service"]);
}

function federatedIn({ Principal }: EmittedStatement): readonly string[] {
  return Principal === undefined || Principal === "*" ? [] : many(Principal["Federated"]);
}

function conditionValues({ statement }: PlacedStatement, key: string): readonly string[] {
  return Object.values(statement.Condition ?? {}).flatMap((tests) => many(tests[key]));
}

function many(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === "string" ? [value] : value;
}
