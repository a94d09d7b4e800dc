import { queriedArchive } from "../archive/table";
import { arn, type Place, viaService } from "../plan/arns";
import { archiveBucketPrefix, archiveKeyAlias, archiveQueryNames } from "../plan/names";
import type { Plan } from "../plan/types";
import { resultsContext, trailContext, trailContexts } from "./logArchivePolicies";
import type { IdentityStatement } from "./policy";

/**
 * What auditors need to query the archive with Athena; nothing in an account that does not hold one, or where its
 * settings do not ask for queries.
 * https://docs.aws.amazon.com/athena/latest/ug/managed-results.html
 */
export function archiveReading({ organisation }: Plan, place: Place): readonly IdentityStatement[] {
  if (queriedArchive(organisation)?.account !== place.account) return [];
  const { database, table, workgroup } = archiveQueryNames;
  const workgroupArn = arn("athena", place, `workgroup/${workgroup}`);
  // AWS makes up the end of the bucket's name; a bucket of such a name in another account is not meant.
  const bucket = `arn:${place.partition}:s3:::${archiveBucketPrefix}-????????`;
  const ours = { StringEquals: { "s3:ResourceAccount": place.account } };
  const key = {
    Effect: "Allow",
    Resource: arn("kms", place, "key/*"),
  } as const;
  const named = { "ForAnyValue:StringEquals": { "kms:ResourceAliases": archiveKeyAlias } };
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
      Sid: "ListArchive",
      Effect: "Allow",
      Action: ["s3:GetBucketLocation", "s3:ListBucket"],
      Resource: bucket,
      Condition: ours,
    },
    {
      Sid: "ReadArchive",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: `${bucket}/AWSLogs/*`,
      Condition: ours,
    },
    {
      Sid: "DecryptArchive",
      ...key,
      Action: "kms:Decrypt",
      Condition: {
        ...named,
        StringEquals: { "kms:ViaService": viaService("s3", place) },
        StringLike: { [trailContext]: trailContexts(organisation) },
      },
    },
    {
      Sid: "UseResults",
      ...key,
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Condition: { ...named, ArnEquals: { [resultsContext]: workgroupArn } },
    },
  ];
}
