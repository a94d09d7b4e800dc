import { externalSecretTypes } from "../../model/aws/externalSecrets";
import { databaseEngines } from "../../model/catalogue/types";
import { tlsModes } from "../../model/functions/rotation";
import type { SecretShape } from "../../model/plan/types";
import { addressForms } from "../../model/values/connectionFields";
import {
  generatedLength,
  longestGeneratedLength,
  shortestGeneratedLength,
} from "../../model/values/generated";
import { isGeneratedForm, leastBits } from "../../model/values/generatedForm";
import { keyPairKinds } from "../../model/values/keyPair";
import type { InputProblem } from "../protocol/handlers";
import { isUnknown, type Properties } from "../protocol/properties";

/** What the program asks of a first value. */
export interface SecretValueInputs {
  /** ARN of the secret. */
  readonly secretId: string;
  readonly shape: SecretShape;
  /** ARN of the administrator's secret, for alternating users of a database. */
  readonly masterArn?: string;
  /** Characters of each generated text. */
  readonly length: number;
}

const names = ["secretId", "shape", "masterArn", "length"];
const secretArn = /^arn:[^:]+:secretsmanager:[^:]+:\d{12}:secret:.+$/;

/** Everything wrong with the inputs; what is not known yet passes. */
export function secretValueProblems(inputs: Properties): InputProblem[] {
  const problems: InputProblem[] = [];
  const fail = (property: string, reason: string): number => problems.push({ property, reason });

  for (const name of Object.keys(inputs).filter((key) => !names.includes(key)))
    fail(name, `is no property of a SecretValue; it takes ${names.join(", ")}`);

  const { secretId, masterArn, length = generatedLength, shape } = inputs;
  if (!isUnknown(secretId) && !matches(secretId, secretArn))
    fail(
      "secretId",
      `${shown(secretId)} is not the ARN of a secret; pass the \`arn\` of aws.secretsmanager.Secret`,
    );
  if (masterArn !== undefined && !isUnknown(masterArn) && !matches(masterArn, secretArn))
    fail(
      "masterArn",
      `${shown(masterArn)} is not the ARN of a secret; pass the administrator secret's \`arn\``,
    );
  if (!isUnknown(length) && !isWhole(length, shortestGeneratedLength, longestGeneratedLength))
    fail(
      "length",
      `${shown(length)} is not a length from ${shortestGeneratedLength} to ${longestGeneratedLength}`,
    );

  if (!isUnknown(shape)) problems.push(...shapeProblems(shape));
  if (isRecord(shape) && shape.form !== "database" && !isUnknown(shape.form) && masterArn !== undefined)
    fail("masterArn", "only a database secret has an administrator; leave it out, or use the form database");
  return problems;
}

/** The inputs, once checked. */
export function secretValueInputs(inputs: Properties): SecretValueInputs {
  return inputs as unknown as SecretValueInputs;
}

function shapeProblems(shape: unknown): InputProblem[] {
  if (!isRecord(shape))
    return [
      {
        property: "shape",
        reason: `${shown(shape)} is no shape; it has a form: string, fields, external, key-pair or database`,
      },
    ];
  switch (shape.form) {
    case "string":
      return formProblems("shape.generated", shape.generated);
    case "fields":
      return [...fieldProblems(shape.fields), ...fieldFormProblems(shape.generated)];
    case "external":
      return [...typeProblems(shape.type), ...fieldProblems(shape.fields)];
    case "key-pair":
      return keyPairProblems(shape.kind);
    case "database":
      return databaseProblems(shape);
    default:
      if (isUnknown(shape.form)) return [];
      return [
        {
          property: "shape.form",
          reason: `${shown(shape.form)} is no form; it is string, fields, external, key-pair or database`,
        },
      ];
  }
}

function fieldProblems(fields: unknown): InputProblem[] {
  const property = "shape.fields";
  if (isUnknown(fields)) return [];
  if (!Array.isArray(fields) || fields.length === 0)
    return [
      {
        property,
        reason: "must be a list of at least one field name; for one plain text use the form string",
      },
    ];
  const texts = (fields as unknown[]).filter((field) => !isUnknown(field));
  if (texts.some((field) => typeof field !== "string" || field === ""))
    return [
      { property, reason: "holds an entry that is not a name; each field is a text that is not empty" },
    ];
  const twice = texts.find((field, index) => texts.indexOf(field) !== index);
  return twice === undefined ? [] : [{ property, reason: `names ${shown(twice)} twice; each field once` }];
}

function typeProblems(type: unknown): InputProblem[] {
  if (isUnknown(type) || externalSecretTypes.some((known) => known === type)) return [];
  return [
    {
      property: "shape.type",
      reason: `${shown(type)} is no type of managed external secret; it is one of ${externalSecretTypes.join(", ")}`,
    },
  ];
}

function keyPairProblems(kind: unknown): InputProblem[] {
  if (isUnknown(kind) || keyPairKinds.some((known) => known === kind)) return [];
  return [
    {
      property: "shape.kind",
      reason: `${shown(kind)} is no key pair; it is one of ${keyPairKinds.join(", ")}`,
    },
  ];
}

function fieldFormProblems(forms: unknown): InputProblem[] {
  if (forms === undefined || isUnknown(forms)) return [];
  if (!isRecord(forms))
    return [{ property: "shape.generated", reason: `${shown(forms)} is no map from field to its form` }];
  return Object.entries(forms).flatMap(([field, form]) => formProblems(`shape.generated.${field}`, form));
}

function formProblems(property: string, form: unknown): InputProblem[] {
  if (form === undefined || isUnknown(form) || isGeneratedForm(form)) return [];
  return [
    {
      property,
      reason:
        `${shown(form)} is no form of at least ${leastBits} random bits; it is {length, alphabet}, {bytes, encoding} ` +
        "or {uuid: true}",
    },
  ];
}

function databaseProblems({ engine, database, ssl, connection }: Properties): InputProblem[] {
  const problems: InputProblem[] = [];
  const fail = (property: string, reason: string): number => problems.push({ property, reason });
  if (!isUnknown(engine) && !(databaseEngines as readonly unknown[]).includes(engine))
    fail(
      "shape.engine",
      `${shown(engine)} is no database engine; it is one of ${databaseEngines.join(", ")}`,
    );
  if (ssl !== undefined && !isUnknown(ssl) && typeof ssl !== "boolean")
    fail(
      "shape.ssl",
      `${shown(ssl)} is neither true nor false; leave it out where the engine has no such field`,
    );
  if (connection !== undefined && !isUnknown(connection)) problems.push(...connectionProblems(connection));
  if (isUnknown(database)) return problems;
  const place = isRecord(database) ? database : {};
  for (const name of ["host", "name", "username"]) {
    const value = place[name];
    if (!isUnknown(value) && !matches(value, /./)) fail(`shape.database.${name}`, "is missing; it is a text");
  }
  if (!isUnknown(place.port) && !isWhole(place.port, 1, 65_535))
    fail("shape.database.port", `${shown(place.port)} is no port; it is a number from 1 to 65535`);
  return problems;
}

function connectionProblems(connection: unknown): InputProblem[] {
  const { url, readerHost, tls } = isRecord(connection) ? connection : {};
  const problems: InputProblem[] = [];
  const oneOf = (name: string, value: unknown, allowed: readonly string[]): void => {
    if (isUnknown(value) || (allowed as readonly unknown[]).includes(value)) return;
    const reason = `${shown(value)} is none of ${allowed.join(", ")}`;
    problems.push({ property: `shape.connection.${name}`, reason });
  };
  if (url !== undefined) oneOf("url", url, addressForms);
  oneOf("tls", tls, tlsModes);
  if (readerHost !== undefined && !isUnknown(readerHost) && !matches(readerHost, /./))
    problems.push({ property: "shape.connection.readerHost", reason: "is no host; it is a text" });
  return problems;
}

function isRecord(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function matches(value: unknown, pattern: RegExp): boolean {
  return typeof value === "string" && pattern.test(value);
}

function isWhole(value: unknown, least: number, most: number): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
}

function shown(value: unknown): string {
  return value === undefined ? "nothing" : (JSON.stringify(value) ?? "this");
}
