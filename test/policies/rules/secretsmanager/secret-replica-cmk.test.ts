import type { RegisteredResource } from "../../../../policies/pack/evaluate";
import { secretReplicaCmk } from "../../../../policies/rules/secretsmanager/secret-replica-cmk";
import { testRule, type Program } from "../../support/cases";
import { declare, later } from "../../support/program";

const keyArn = (region: string, id = "1234abcd-12ab-34cd-56ef-1234567890ab") =>
  `arn:aws:kms:${region}:111111111111:key/${id}`;
const home = keyArn("eu-west-1");
const there = keyArn("eu-central-1", "abcd1234-12ab-34cd-56ef-1234567890ab");
const multiRegion = "mrk-1234abcd12ab34cd56ef1234567890ab";
const frankfurt = { region: "eu-central-1" };

const secret = (...replicas: object[]) => declare("secret", { replicas: replicas as never });
const under = (kmsKeyId: string, ...replicas: object[]) =>
  declare("secret", { kmsKeyId, replicas: replicas as never });
const from = (
  keys: Readonly<Record<string, readonly RegisteredResource[]>>,
  kmsKeyId: string,
  ...replicas: object[]
): Program => [
  ...new Set(Object.values(keys).flat()),
  declare("secret", { kmsKeyId, replicas: replicas as never }, { from: keys }),
];
const key = declare("key", {}, { name: "key" });
const keyHere = declare("key", { region: "eu-west-1" }, { name: "key-here" });
const keyThere = declare("key", { region: "eu-central-1" }, { name: "key-there" });
const copied = declare("key", { region: "eu-west-1", multiRegion: true }, { name: "copied" });
const replicaKey = declare("replicaKey", { primaryKeyArn: "a" }, { name: "replica-key" });
const alias = (targetKeyId: RegisteredResource) =>
  declare(
    "keyAlias",
    { name: "alias/prod", targetKeyId: later },
    { name: "alias", from: { targetKeyId: [targetKeyId] } },
  );

testRule(secretReplicaCmk, {
  passes: {
    "no replica": declare("secret", {}),
    "an alias, which each region has of its own": secret({
      ...frankfurt,
      kmsKeyId: "alias/prod/configuration",
    }),
    "the same alias as the secret's": under("alias/prod", { ...frankfurt, kmsKeyId: "alias/prod" }),
    "a key this update makes": secret({ ...frankfurt, kmsKeyId: later }),
    "a key of the replica's region": under(home, { ...frankfurt, kmsKeyId: there }),
    "an alias of the replica's region": under(home, {
      ...frankfurt,
      kmsKeyId: "arn:aws:kms:eu-central-1:111111111111:alias/prod",
    }),
    "a key of many regions, by its name": under(keyArn("eu-west-1", multiRegion), {
      ...frankfurt,
      kmsKeyId: multiRegion,
    }),
    "a key of many regions of this stack, by its name": [
      { ...keyHere, outputs: { keyId: multiRegion } },
      under(multiRegion, { ...frankfurt, kmsKeyId: multiRegion }),
    ],
    "the copy of a key of many regions": under(keyArn("eu-west-1", multiRegion), {
      ...frankfurt,
      kmsKeyId: keyArn("eu-central-1", multiRegion),
    }),
    "another key that this update makes": from({ kmsKeyId: [key], replicas: [keyThere] }, later, {
      ...frankfurt,
      kmsKeyId: later,
    }),
    "the copy that this update makes of its key": from({ kmsKeyId: [key], replicas: [replicaKey] }, later, {
      ...frankfurt,
      kmsKeyId: later,
    }),
    "an alias of another key that this update makes": [
      key,
      keyThere,
      ...(from({ kmsKeyId: [key], replicas: [alias(keyThere)] }, later, {
        ...frankfurt,
        kmsKeyId: later,
      }) as []),
    ],
    "keys that this update makes in two regions": from(
      {
        kmsKeyId: [key],
        replicas: [keyThere, declare("key", { region: "us-east-1" }, { name: "key-us" })],
      },
      later,
      { ...frankfurt, kmsKeyId: later },
      { region: "us-east-1", kmsKeyId: later },
    ),
  },
  fails: {
    "no key": { program: secret({ region: "eu-central-1" }), at: "replicas[0].kmsKeyId is missing" },
    "AWS's key, on the second": {
      program: secret(
        { region: "eu-central-1", kmsKeyId: later },
        { region: "us-east-1", kmsKeyId: "alias/aws/secretsmanager" },
      ),
      at: "replicas[1].kmsKeyId names a key that AWS manages",
    },
    "the secret's key": {
      program: under(home, { ...frankfurt, kmsKeyId: home }),
      at: "replicas[0].kmsKeyId names a key of eu-west-1",
    },
    "the secret's key, on the second": {
      program: under(home, { ...frankfurt, kmsKeyId: there }, { region: "us-east-1", kmsKeyId: home }),
      at: "replicas[1].kmsKeyId names a key of eu-west-1",
    },
    "the first replica's key on the second": {
      program: under(home, { ...frankfurt, kmsKeyId: there }, { region: "us-east-1", kmsKeyId: there }),
      at: "replicas[1].kmsKeyId names a key of eu-central-1",
    },
    "a key of a third region": {
      program: under(home, { ...frankfurt, kmsKeyId: keyArn("us-east-1") }),
      at: "replicas[0].kmsKeyId names a key of us-east-1",
    },
    "an alias of another region": {
      program: under("alias/prod", {
        ...frankfurt,
        kmsKeyId: "arn:aws:kms:eu-west-1:111111111111:alias/prod",
      }),
      at: "replicas[0].kmsKeyId names a key of eu-west-1",
    },
    "a key of many regions by its ARN in another": {
      program: under(keyArn("eu-west-1", multiRegion), {
        ...frankfurt,
        kmsKeyId: keyArn("eu-west-1", multiRegion),
      }),
      at: "replicas[0].kmsKeyId names a key of eu-west-1",
    },
    "the secret's key by its name": {
      program: under("1234abcd-12ab-34cd-56ef-1234567890ab", {
        ...frankfurt,
        kmsKeyId: "1234abcd-12ab-34cd-56ef-1234567890ab",
      }),
      at: "replicas[0].kmsKeyId names the key of the secret itself",
    },
    "the secret's key, once by ARN and once by name": {
      program: under(home, { ...frankfurt, kmsKeyId: "1234abcd-12ab-34cd-56ef-1234567890ab" }),
      at: "replicas[0].kmsKeyId names the key of the secret itself",
    },
    "the secret's key, which this update makes": {
      program: from({ kmsKeyId: [key], replicas: [key] }, later, { ...frankfurt, kmsKeyId: later }),
      at: "replicas[0].kmsKeyId names the key of the secret itself",
      on: "secret",
    },
    "the secret's key, which this update makes with its region": {
      program: from({ kmsKeyId: [keyHere], replicas: [keyHere] }, later, { ...frankfurt, kmsKeyId: later }),
      at: "replicas[0].kmsKeyId names a key of eu-west-1",
    },
    "a key of another region, which this update makes": {
      program: from({ kmsKeyId: [key], replicas: [keyThere] }, later, {
        region: "us-east-1",
        kmsKeyId: later,
      }),
      at: "replicas[0].kmsKeyId names a key of eu-central-1",
    },
    "an alias of the secret's key, which this update makes": {
      program: [
        key,
        ...(from({ kmsKeyId: [key], replicas: [alias(key)] }, later, {
          ...frankfurt,
          kmsKeyId: later,
        }) as []),
      ],
      at: "replicas[0].kmsKeyId names the key of the secret itself",
    },
    "the secret's key for one of two replicas": {
      program: from(
        { kmsKeyId: [key], replicas: [key, keyThere] },
        later,
        { ...frankfurt, kmsKeyId: later },
        { region: "us-east-1", kmsKeyId: later },
      ),
      at: "replicas names the key of the secret itself",
    },
    "the name of a key of the stack in another region": {
      program: [
        { ...keyHere, outputs: { keyId: "77777777-12ab-34cd-56ef-1234567890ab" } },
        under(there, { ...frankfurt, kmsKeyId: "77777777-12ab-34cd-56ef-1234567890ab" }),
      ],
      at: "replicas[0].kmsKeyId names a key of eu-west-1",
    },
  },
  undecided: {
    "the replicas": { program: declare("secret", { replicas: later }), at: "replicas is not known" },
    "one replica": { program: secret(later), at: "replicas[0] is not known" },
    "which of a key's copies one is": {
      program: from({ kmsKeyId: [copied], replicas: [copied] }, later, { ...frankfurt, kmsKeyId: later }),
      at: "replicas[0].kmsKeyId is not known",
    },
    "a replica's region": {
      program: under(home, { region: later, kmsKeyId: there }),
      at: "replicas[0].region is not known",
    },
  },
});
