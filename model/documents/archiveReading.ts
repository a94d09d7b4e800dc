import { queriedArchive } from "../archive/table";
import { arn, type Place, viaService } from "../plan/arns";
import {
  accessLogPrefix,
  accessLogSuffix,
  archiveBucketPrefix,
  archiveKeyAlias,
  archiveQueryNames,
} from "../plan/names";
import type { Plan } from "../plan/types";
import { resultsContext, trailContext, trailContexts } from "./logArchivePolicies";
import type { IdentityStatement } from "./policy";

/** What auditors need to copy the archive, prove the copy, and see who else read it; nothing in an account that does not hold one. */
export function archiveReading(plan: Plan, place: Place): readonly IdentityStatement[] {
  const { stacks } = plan.organisation;
  const holder = stacks.find((stack) => stack.kind === "security" && stack.logArchive !== undefined);
  if (holder?.account !== place.account) return [];
  return [...copying(plan, place), ...querying(plan, place)];
}

function copying({ organisation }: Plan, place: Place): readonly IdentityStatement[] {
  // AWS makes up the end of the bucket's name; a bucket of such a name in another account is not meant.
  const bucket = `arn:${place.partition}:s3:::${archiveBucketPrefix}-????????`;
  const ours = { StringEquals: { "s3:ResourceAccount": place.account } };
  return [
    {
      Sid: "ListArchive",
      Effect: "Allow",
      Action: ["s3:GetBucketLocation", "s3:ListBucket"],
      Resource: [bucket, `${bucket}${accessLogSuffix}`],
      Condition: ours,
    },
    {
      Sid: "ReadArchive",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: [`${bucket}/AWSLogs/*`, `${bucket}${accessLogSuffix}/${accessLogPrefix}*`],
      Condition: ours,
    },
    {
      Sid: "DecryptArchive",
      ...archiveKey(place),
      Action: "kms:Decrypt",
      Condition: {
        ...named,
        StringEquals: { "kms:ViaService": viaService("s3", place) },
        StringLike: { [trailContext]: trailContexts(organisation) },
      },
    },
  ];
}

/**
 * With Athena, where the archive's settings ask for it.
 * https://docs.aws.amazon.com/athena/latest/ug/managed-results.html
 */
function querying({ organisation }: Plan, place: Place): readonly IdentityStatement[] {
  if (queriedArchive(organisation)?.account !== place.account) return [];
  const { database, table, workgroup } = archiveQueryNames;
  const workgroupArn = arn("athena", place, `workgroup/${workgroup}`);
  return [
    {
      Sid: "QueryArchive",
      Effect: "Allow",
      Action: [
        "athena:GetQueryExecution",
        "athena:GetQueryResults",
        "athena:StartQueryExecution",
        "athena:StopQueryExecution",
      ],
      Resource: workgroupArn,
    },
    {
      Sid: "FindTable",
      Effect: "Allow",
      Action: ["glue:GetDatabase", "glue:GetTable"],
      Resource: [
        arn("glue", place, "catalog"),
        // Athena looks at the default one whatever a query names.
        arn("glue", place, "database/default"),
        arn("glue", place, `database/${database}`),
        arn("glue", place, `table/${database}/${table}`),
      ],
    },
    {
      Sid: "UseResults",
      ...archiveKey(place),
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Condition: { ...named, ArnEquals: { [resultsContext]: workgroupArn } },
    },
  ];
}

function archiveKey(place: Place) {
  return { Effect: "Allow", Resource: arn("kms", place, "key/*") } as const;
}

const named = { "ForAnyValue:StringEquals": { "kms:ResourceAliases": archiveKeyAlias } };
