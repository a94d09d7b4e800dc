import { settingOf, type OutputTable } from "./table";

export const secretsmanager: OutputTable = {
  "aws:secretsmanager/secret:Secret": {
    id: (r) => secretArn(r.arn("secretsmanager", ""), r.text("name"), r.alphanumeric(6)),
    outputs: (r) => ({ arn: secretArn(r.arn("secretsmanager", ""), r.text("name"), r.alphanumeric(6)) }),
  },
  "aws:secretsmanager/secretPolicy:SecretPolicy": settingOf("secretArn"),
  "aws:secretsmanager/secretRotation:SecretRotation": settingOf("secretId", () => ({
    rotationEnabled: true,
  })),
  "aws:secretsmanager/secretVersion:SecretVersion": {
    id: (r) => `${r.text("secretId")}|${r.uuid()}`,
    outputs: (r) => ({
      arn: r.text("secretId"),
      secretArn: r.text("secretId"),
      versionId: r.uuid(),
      versionStages: r.inputs["versionStages"] ?? ["AWSCURRENT"],
      hasSecretStringWo: r.inputs["secretStringWo"] !== undefined,
    }),
  },
};

/** Secrets Manager ends the name in six random characters, so that a secret is told from its predecessor. */
function secretArn(service: string, name: string, suffix: string): string {
  return `${service}secret:${name}-${suffix}`;
}
