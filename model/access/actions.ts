/**
 * Calls that give a value out, and the one that decrypts it. A policy's other actions open no value.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html
 */
export const secretActions = ["secretsmanager:GetSecretValue"] as const;

/** A shared parameter is read by the first two only, or the first three: see `share`. */
export const parameterActions = [
  "ssm:GetParameter",
  "ssm:GetParameters",
  "ssm:GetParameterHistory",
  "ssm:GetParametersByPath",
] as const;

/** `BatchGetSecretValue` asks for GetSecretValue of each secret besides, so it opens nothing by itself. */
export type ReadAction = (typeof secretActions)[number] | (typeof parameterActions)[number];

export const decrypt = "kms:Decrypt";

export type ModelledAction = ReadAction | typeof decrypt;

export const modelledActions: readonly ModelledAction[] = [...secretActions, ...parameterActions, decrypt];

/** Service prefixes of the modelled actions: names of these services are checked (`names.json`). */
export const modelledServices = ["kms", "secretsmanager", "ssm"] as const;
