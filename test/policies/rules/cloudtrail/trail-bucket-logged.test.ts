import { trailBucketLogged } from "../../../../policies/rules/cloudtrail/trail-bucket-logged";
import { testRule } from "../../support/cases";
import { declare, later } from "../../support/program";

const bucket = declare("bucket", { bucket: "trails" }, { outputs: { id: "trails" } });
const planned = declare("bucket", {}, { name: "planned" });
const logs = declare("bucket", { bucket: "logs" }, { name: "logs" });
const trail = declare("trail", { s3BucketName: "trails" });
const laterTrail = declare("trail", { s3BucketName: later }, { from: { s3BucketName: [planned] } });
/** What unknown values come from. */
const source = declare("topic", {});
const logging = (more: object, details: Parameters<typeof declare>[2] = {}) =>
  declare("bucketLogging", { bucket: "trails", targetBucket: "logs", targetPrefix: "", ...more }, details);

testRule(trailBucketLogged, {
  passes: {
    "in another bucket": [bucket, logs, trail, logging({})],
    "before there are any": [
      planned,
      logs,
      laterTrail,
      logging({ bucket: later, targetBucket: later }, { from: { bucket: [planned], targetBucket: [logs] } }),
    ],
    "by the name the program gives, before there is one": [
      declare("bucket", { bucket: "trails" }),
      trail,
      logging({}),
    ],
    "by the older resource": [
      bucket,
      trail,
      declare("bucketLoggingV2", { bucket: "trails", targetBucket: "logs", targetPrefix: "" }),
    ],
    "on the bucket itself": [
      declare("bucket", { bucket: "trails", logging: { targetBucket: "logs" } }),
      trail,
    ],
    "on the bucket itself, as a list": [
      declare("bucketV2", { bucket: "trails", loggings: [{ targetBucket: "logs" }] }),
      trail,
    ],
    "where to, known later": [
      bucket,
      logs,
      trail,
      logging({ targetBucket: later }, { from: { targetBucket: [logs] } }),
    ],
    "a bucket of another stack": declare("trail", { s3BucketName: "central" }),
    "a bucket of another stack, known later": [
      declare("trail", { s3BucketName: later }, { from: { s3BucketName: [source] } }),
      source,
    ],
    "a bucket that no trail writes to": [logs, declare("bucket", { bucket: "other" }, { name: "other" })],
  },
  fails: {
    "not at all": { program: [bucket, trail], at: "requests to it are not logged", on: "bucket" },
    "not at all, before there is one": {
      program: [planned, laterTrail],
      at: "requests to it are not logged",
      on: "planned",
    },
    "another bucket's requests": {
      program: [bucket, logs, trail, logging({ bucket: "logs", targetBucket: "trails" })],
      at: "requests to it are not logged",
      on: "bucket",
    },
    "an empty list on the bucket": {
      program: [declare("bucketV2", { bucket: "trails", loggings: [] }), trail],
      at: "requests to it are not logged",
      on: "bucketV2",
    },
    "in the bucket itself": {
      program: [bucket, trail, logging({ targetBucket: "trails" })],
      at: "targetBucket of its logs is the bucket itself",
      on: "bucket",
    },
    "in the bucket itself, before there is one": {
      program: [
        planned,
        laterTrail,
        logging(
          { bucket: later, targetBucket: later },
          { from: { bucket: [planned], targetBucket: [planned] } },
        ),
      ],
      at: "targetBucket of its logs is the bucket itself",
      on: "planned",
    },
    "in the bucket itself, by its own property": {
      program: [declare("bucket", { bucket: "trails", logging: { targetBucket: "trails" } }), trail],
      at: "targetBucket of its logs is the bucket itself",
      on: "bucket",
    },
    "twice written to, once said": {
      program: [bucket, trail, declare("trail", { s3BucketName: "trails" }, { name: "other" })],
      at: "requests to it are not logged",
      on: "bucket",
    },
  },
  undecided: {
    "which bucket a trail writes to": {
      program: [
        declare("trail", { s3BucketName: later }, { from: { s3BucketName: [source] } }),
        source,
        logs,
      ],
      at: "s3BucketName of a Trail is not known",
      on: "logs",
    },
    "of which bucket": {
      program: [bucket, trail, source, logging({ bucket: later }, { from: { bucket: [source] } })],
      at: "bucket of a BucketLogging is not known",
      on: "bucket",
    },
  },
});
