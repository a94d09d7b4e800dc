import * as crypto from "node:crypto";
import { externalPartner } from "../../model/aws/externalSecrets";
import { databaseSecretValue } from "../../model/values/databaseSecret";
import { type GeneratedForm, ofField } from "../../model/values/generatedForm";
import { generatedText } from "../../model/values/generatedText";
import { type KeyPairValue, newKeyPair } from "../../model/values/keyPair";
import type { SecretValueInputs } from "./inputs";

/** A value made up here; `parts` are the random texts inside it, which no message may repeat. */
export interface FirstValue {
  readonly text: string;
  readonly parts: readonly string[];
}

/**
 * Makes a random value in the secret's shape. The password of a database secret is one that no database knows, and a
 * partner's credential one that no partner does: neither can log in until `platform set` supplies the real one.
 */
export function firstValue({ shape, masterArn, length }: SecretValueInputs): FirstValue {
  switch (shape.form) {
    case "string": {
      const text = randomText(length, shape.generated);
      return { text, parts: [text] };
    }
    case "fields": {
      const fields = shape.fields.map((field): [string, string] => [
        field,
        randomText(length, ofField(shape.generated, field)),
      ]);
      return { text: JSON.stringify(Object.fromEntries(fields)), parts: fields.map(([, part]) => part) };
    }
    case "external": {
      const { fields } = externalPartner(shape.type);
      const values = shape.fields.map((field): [string, string] => [
        field,
        ofField(fields, field)?.standIn ?? randomText(length),
      ]);
      return { text: JSON.stringify(Object.fromEntries(values)), parts: values.map(([, part]) => part) };
    }
    case "key-pair": {
      const text = newKeyPair(shape.kind, crypto);
      const { privateKey } = JSON.parse(text) as KeyPairValue;
      return { text, parts: [privateKey] };
    }
    case "database": {
      const password = randomText(length);
      const value = databaseSecretValue(shape, password, masterArn);
      return { text: JSON.stringify(value), parts: [password] };
    }
  }
}

/** Letters and digits, unless another form is asked for. */
function randomText(length: number, form: GeneratedForm = { length, alphabet: "alphanumeric" }): string {
  return generatedText(form, crypto);
}
