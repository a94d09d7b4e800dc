import {
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  paginateListSecrets,
  type SecretListEntry,
} from "@aws-sdk/client-secrets-manager";
import { itemsOf, withCalls } from "../../../aws/pages";
import type { SecretDocuments } from "../../../model/access/input";
import type { PlatformNames } from "../../../model/proof/live/ours";
import { inParallel } from "../../operations/inParallel";
import type { Auditor } from "./auditor";
import type { Aliases } from "./readKeys";

/** Calls at once; what AWS throttles waits in the client. */
const atOnce = 10;

export interface ReadSecrets {
  readonly items: readonly SecretDocuments[];
  /** By ARN, of those whose home is the region. */
  readonly replicaRegions: ReadonlyMap<string, readonly string[]>;
}

/**
 * Secrets of one region, copies from elsewhere among them, each with its policy and key. A copy has the policy of what it is a
 * copy of, which also tells its key. No value is asked for.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetResourcePolicy.html
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ReplicationStatusType.html
 */
export async function readSecrets(
  { account, call, in: clients }: Auditor,
  region: string,
  names: PlatformNames,
  aliases: Aliases,
): Promise<ReadSecrets> {
  const { secrets } = clients(region);
  const target = `the secrets of account ${account}`;
  const client = withCalls(secrets, (send) => call({ action: "secretsmanager:ListSecrets", target }, send));
  const listed: SecretListEntry[] = await itemsOf(
    paginateListSecrets({ client }, { MaxResults: 100, IncludePlannedDeletion: false }),
    (page) => page.SecretList,
  );
  const items: SecretDocuments[] = [];
  const replicaRegions = new Map<string, readonly string[]>();
  const ours = listed.filter(({ Name = "", ARN = "" }) => names.hasItem(Name) || names.hasManaged(ARN));
  await inParallel(ours, atOnce, async ({ Name: name = "", ARN: arn = "" }) => {
    const described = await describe(region, arn);
    const {
      PrimaryRegion: primary = region,
      RotationEnabled,
      RotationLambdaARN: rotationFunction,
    } = described;
    const original = arn.split(":").with(3, primary).join(":");
    const { ResourcePolicy } = await call({ action: "secretsmanager:GetResourcePolicy", target: name }, () =>
      clients(primary).secrets.send(new GetResourcePolicyCommand({ SecretId: original })),
    );
    const { ReplicationStatus = [] } = primary === region ? described : await describe(primary, original);
    const copy = ReplicationStatus.find(({ Region }) => Region === region);
    const key = aliases.keyArn(primary === region ? described.KmsKeyId : copy?.KmsKeyId);
    if (primary === region)
      replicaRegions.set(
        arn,
        ReplicationStatus.map(({ Region = "" }) => Region),
      );
    items.push({
      kind: "secret",
      arn,
      ...(key !== undefined && { key }),
      ...(ResourcePolicy !== undefined && {
        policy: { name: `policy of the secret ${name}`, document: ResourcePolicy },
      }),
      ...(RotationEnabled === true && rotationFunction !== undefined && { rotationFunction }),
    });
  });
  return { items: items.sort((one, other) => (one.arn < other.arn ? -1 : 1)), replicaRegions };

  function describe(where: string, arn: string) {
    return call({ action: "secretsmanager:DescribeSecret", target: arn }, () =>
      clients(where).secrets.send(new DescribeSecretCommand({ SecretId: arn })),
    );
  }
}
