import { cloudwatch } from "./cloudwatch";
import { deployment } from "./deployment";
import { ec2 } from "./ec2";
import { ecs } from "./ecs";
import { iam } from "./iam";
import { kms } from "./kms";
import { lambda } from "./lambda";
import { messaging } from "./messaging";
import { s3 } from "./s3";
import { secretsmanager } from "./secretsmanager";
import { ssm } from "./ssm";
import type { OutputTable } from "./table";

/** How AWS answers, by type; types without a row are answered by `fallback`. */
export const outputTable: OutputTable = {
  ...secretsmanager,
  ...kms,
  ...iam,
  ...ssm,
  ...ecs,
  ...lambda,
  ...s3,
  ...messaging,
  ...cloudwatch,
  ...ec2,
  ...deployment,
};
