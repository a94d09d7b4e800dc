import type { Rule } from "../rule";
import { buildEnvSecret } from "./codebuild/build-env-secret";
import { instanceMetadata } from "./ec2/instance-metadata";
import { taskEnvSecret } from "./ecs/task-env-secret";
import { taskValueFrom } from "./ecs/task-value-from";
import { iamActionStar } from "./iam/iam-action-star";
import { iamAdmin } from "./iam/iam-admin";
import { iamResourceStar } from "./iam/iam-resource-star";
import { roleBoundary } from "./iam/role-boundary";
import { trustStar } from "./iam/trust-star";
import { keyNoStar } from "./kms/key-no-star";
import { keyRotation } from "./kms/key-rotation";
import { functionEnvSecret } from "./lambda/function-env-secret";
import { secretBlockPublic } from "./secretsmanager/secret-block-public";
import { secretCmk } from "./secretsmanager/secret-cmk";
import { secretPolicy } from "./secretsmanager/secret-policy";
import { secretPolicyScoped } from "./secretsmanager/secret-policy-scoped";
import { secretRotation } from "./secretsmanager/secret-rotation";
import { secretRotationMax } from "./secretsmanager/secret-rotation-max";
import { secretValueInCode } from "./secretsmanager/secret-value-in-code";
import { parameterCmk } from "./ssm/parameter-cmk";
import { parameterSecure } from "./ssm/parameter-secure";
import { parameterValueInCode } from "./ssm/parameter-value-in-code";

/** Every rule of the pack, by service, as the catalogue lists them. */
export const rules: readonly Rule[] = [
  secretCmk,
  secretRotation,
  secretRotationMax,
  secretPolicy,
  secretPolicyScoped,
  secretBlockPublic,
  secretValueInCode,
  parameterSecure,
  parameterCmk,
  parameterValueInCode,
  keyRotation,
  keyNoStar,
  iamAdmin,
  iamActionStar,
  iamResourceStar,
  trustStar,
  roleBoundary,
  functionEnvSecret,
  taskEnvSecret,
  taskValueFrom,
  buildEnvSecret,
  instanceMetadata,
];
