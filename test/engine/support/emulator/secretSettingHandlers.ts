import {
  CancelRotateSecretCommand,
  DeleteResourcePolicyCommand,
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
  RotateSecretCommand,
  type RotationRulesType,
} from "@aws-sdk/client-secrets-manager";
import type { AwsTarget } from "../standIn/aws/target";
import type { Properties } from "../standIn/properties";
import type { ResourceHandler } from "../standIn/resourceHandler";
import { text, unlessMissing, withOutputs } from "./inputs";
import type { SecretsClient } from "./secretHandler";

const missing = ["ResourceNotFoundException"];

/** `aws:secretsmanager/secretPolicy:SecretPolicy` by the calls that the real provider makes. */
export function secretPolicyHandler(client: SecretsClient): ResourceHandler<AwsTarget> {
  const put = async (target: AwsTarget, inputs: Properties) => {
    const secrets = await client(target);
    await secrets.send(
      new PutResourcePolicyCommand({
        SecretId: text(inputs, "secretArn"),
        ResourcePolicy: text(inputs, "policy"),
        BlockPublicPolicy: inputs["blockPublicPolicy"] === true,
      }),
    );
    return withOutputs(inputs, {});
  };
  return {
    create: async (target, inputs) => ({
      id: text(inputs, "secretArn") ?? "",
      outputs: await put(target, inputs),
    }),

    async read(target, id, { inputs }) {
      const secrets = await client(target);
      const found = await unlessMissing(missing, () =>
        secrets.send(new GetResourcePolicyCommand({ SecretId: id })),
      );
      if (found?.ResourcePolicy === undefined) return undefined;
      const seen = { ...inputs, secretArn: id, policy: found.ResourcePolicy };
      return { inputs: seen, outputs: withOutputs(seen, {}) };
    },

    update: (target, _id, { inputs }) => put(target, inputs),

    async delete(target, id) {
      const secrets = await client(target);
      await unlessMissing(missing, () => secrets.send(new DeleteResourcePolicyCommand({ SecretId: id })));
    },
  };
}

/** `aws:secretsmanager/secretRotation:SecretRotation` by the calls that the real provider makes. */
export function secretRotationHandler(client: SecretsClient): ResourceHandler<AwsTarget> {
  const turnOn = async (target: AwsTarget, inputs: Properties) => {
    const secrets = await client(target);
    await secrets.send(
      new RotateSecretCommand({
        SecretId: text(inputs, "secretId"),
        RotationLambdaARN: text(inputs, "rotationLambdaArn"),
        RotationRules: rules(inputs),
        RotateImmediately: inputs["rotateImmediately"] !== false,
      }),
    );
    return withOutputs(inputs, { rotationEnabled: true });
  };
  return {
    create: async (target, inputs) => ({
      id: text(inputs, "secretId") ?? "",
      outputs: await turnOn(target, inputs),
    }),

    async read(target, id, { inputs }) {
      const secrets = await client(target);
      const found = await unlessMissing(missing, () =>
        secrets.send(new DescribeSecretCommand({ SecretId: id })),
      );
      if (found?.RotationEnabled !== true || found.DeletedDate !== undefined) return undefined;
      const seen = { ...inputs, secretId: id, rotationLambdaArn: found.RotationLambdaARN };
      return { inputs: seen, outputs: withOutputs(seen, { rotationEnabled: true }) };
    },

    update: (target, _id, { inputs }) => turnOn(target, inputs),

    async delete(target, id) {
      const secrets = await client(target);
      await unlessMissing(missing, () => secrets.send(new CancelRotateSecretCommand({ SecretId: id })));
    },
  };
}

function rules(inputs: Properties): RotationRulesType {
  const { scheduleExpression, duration } = inputs["rotationRules"] as Record<string, string | undefined>;
  return {
    ScheduleExpression: scheduleExpression,
    ...(duration !== undefined && { Duration: duration }),
  };
}
