import { arn, type Place } from "../plan/arns";
import { rotatorName, trailLogGroupName, trailName } from "../plan/names";
import type { Plan } from "../plan/types";
import { accountHoldings, accountPlace } from "./accountHoldings";
import { archiveReading } from "./archiveReading";
import { leavingOurs, marking, rotationAsDeployed } from "./writing";
import { type IdentityStatement, policyDocument, type PolicyDocument } from "./policy";
import { policyReading } from "./policyReading";
import { throughAliases } from "./throughAliases";

/**
 * Policies of the roles for people, for the account given. Each may act on whole branches, where consumers are named
 * single items. A role with nothing to do in an account has no policy there.
 */

/**
 * Puts values and starts rotations; reads none: what reads is not among the actions. When a secret rotates and by which
 * function is the manifest's to say, and of tags only those that `platform set` keeps are theirs.
 */
export function writersPolicy(plan: Plan, account: string): PolicyDocument | undefined {
  const { place, keys, secrets, parameters } = accountHoldings(plan, account);
  if (keys.length === 0) return undefined;
  const statements: IdentityStatement[] = [];
  if (secrets.length > 0) {
    statements.push(
      {
        Sid: "PutSecrets",
        Effect: "Allow",
        Action: [
          "secretsmanager:DescribeSecret",
          "secretsmanager:ListSecretVersionIds",
          "secretsmanager:PutSecretValue",
          "secretsmanager:RotateSecret",
          "secretsmanager:UpdateSecretVersionStage",
        ],
        Resource: secrets,
      },
      ...rotationAsDeployed,
      throughAliases(
        { Sid: "EncryptSecrets", service: "secretsmanager", Action: ["kms:Decrypt", "kms:GenerateDataKey"] },
        place,
        keys,
      ),
      {
        Sid: "RunRotations",
        Effect: "Allow",
        // RotateSecret asks it of who calls; a login of this platform's own function is rolled back by it.
        Action: "lambda:InvokeFunction",
        Resource: rotationFunctions(plan, place),
      },
    );
  }
  statements.push(
    {
      Sid: "PutParameters",
      Effect: "Allow",
      Action: ["ssm:ListTagsForResource", "ssm:PutParameter"],
      Resource: parameters,
    },
    leavingOurs(parameters),
    ...marking(secrets, parameters),
    throughAliases({ Sid: "EncryptParameters", service: "ssm", Action: "kms:GenerateDataKey" }, place, keys),
    {
      Sid: "FindKeys",
      Effect: "Allow",
      Action: "kms:DescribeKey",
      // Each key's policy says whether they may.
      Resource: arn("kms", place, "key/*"),
    },
    listing(secrets.length > 0),
  );
  return policyDocument(statements);
}

/** Reads parameters of the environments listed for developers. */
export function developersPolicy(plan: Plan, account: string): PolicyDocument | undefined {
  const only = plan.organisation.principals.developers.environments;
  const { place, keys, secrets, parameters } = accountHoldings(plan, account, only);
  if (keys.length === 0) return undefined;
  return policyDocument([
    {
      Sid: "ReadParameters",
      Effect: "Allow",
      Action: ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"],
      Resource: parameters,
    },
    throughAliases({ Sid: "DecryptParameters", service: "ssm", Action: "kms:Decrypt" }, place, keys),
    listing(secrets.length > 0),
  ]);
}

/** Reads whatever the account holds, on the day nothing else helps; an alarm tells everybody. */
export function breakGlassPolicy(plan: Plan, account: string): PolicyDocument | undefined {
  const { place, keys, secrets, parameters } = accountHoldings(plan, account);
  if (keys.length === 0) return undefined;
  return policyDocument([
    ...(secrets.length > 0
      ? [
          {
            Sid: "ReadSecrets",
            Effect: "Allow" as const,
            Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
            Resource: secrets,
          },
          throughAliases(
            { Sid: "DecryptSecrets", service: "secretsmanager", Action: "kms:Decrypt" },
            place,
            keys,
          ),
        ]
      : []),
    {
      Sid: "ReadParameters",
      Effect: "Allow",
      Action: ["ssm:GetParameter", "ssm:GetParameters"],
      Resource: parameters,
    },
    throughAliases({ Sid: "DecryptParameters", service: "ssm", Action: "kms:Decrypt" }, place, keys),
    listing(secrets.length > 0),
  ]);
}

/** Reads trails, and policies of what holds values; never values. */
export function auditorsPolicy(plan: Plan, account: string): PolicyDocument {
  const place = accountPlace(plan.organisation, account);
  const group = arn("logs", place, `log-group:${trailLogGroupName}`);
  return policyDocument([
    {
      Sid: "ReadTrail",
      Effect: "Allow",
      Action: ["cloudtrail:GetEventSelectors", "cloudtrail:GetTrail", "cloudtrail:GetTrailStatus"],
      Resource: arn("cloudtrail", place, `trail/${trailName}`),
    },
    {
      Sid: "ReadTrailLog",
      Effect: "Allow",
      Action: ["logs:FilterLogEvents", "logs:GetLogEvents", "logs:StartQuery"],
      Resource: [group, `${group}:*`],
    },
    {
      Sid: "FindEvents",
      Effect: "Allow",
      // The actions take no resource.
      Action: [
        "cloudtrail:DescribeTrails",
        "cloudtrail:ListPublicKeys",
        "cloudtrail:LookupEvents",
        "logs:GetQueryResults",
        "logs:StopQuery",
      ],
      Resource: "*",
    },
    ...archiveReading(plan, place),
    ...policyReading(place),
  ]);
}

/** Those of an environment go by one prefix; a team's own are named. */
function rotationFunctions(plan: Plan, place: Place): readonly string[] {
  const here = plan.secrets.filter(({ account }) => account === place.account);
  const environments = [...new Set(here.map(({ environment }) => environment))];
  const own = here.flatMap(({ rotation: { rotator, functionArn } }) =>
    rotator === undefined && functionArn !== undefined ? [functionArn] : [],
  );
  return [
    ...environments.map((name) => arn("lambda", place, `function:${rotatorName(name, "*")}`)),
    ...new Set(own),
  ];
}

/** The listing actions take no resource. */
function listing(secrets: boolean): IdentityStatement {
  return {
    Sid: "List",
    Effect: "Allow",
    Action: [...(secrets ? ["secretsmanager:ListSecrets"] : []), "ssm:DescribeParameters"],
    Resource: "*",
  };
}
