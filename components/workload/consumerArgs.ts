import { coveredPaths, filePaths } from "../../model/aws/containers";
import { parameterArns, secretArns } from "../../model/aws/textRules";
import { type TextRule } from "../../model/aws/textRules";
import { referenceVariable } from "../../model/catalogue/referenceVariable";
import { checkTags, type Tags } from "../argumentRules";
import { check, checkText, type ArgumentProblem } from "../validation";
import type { BoundaryReference } from "./boundary";
import type { InjectedValue, PlainVariables, ValueReference } from "./references";

/** What every kind of consumer is made from. */
export interface ConsumerArgs {
  /** Name of what it makes, `{service}-{environment}-{consumer}`; unique in the account. */
  readonly name: string;
  /** Permissions boundary of its roles. */
  readonly boundary: BoundaryReference;
  /** What it reads at run time. */
  readonly references: readonly ValueReference[];
  /** Holds `service`, `environment` and `owner`. */
  readonly tags: Tags;
}

const valueArns: TextRule = {
  pattern: new RegExp(`${secretArns.pattern.source}|${parameterArns.pattern.source}`),
  allowed:
    "the full ARN of a secret, with the six characters AWS puts at its end, or of a parameter is needed",
  remedy: "pass what the security stack exports, or the parameter's name as an ARN",
};

const variableNames: TextRule = {
  pattern: /^[A-Za-z_][A-Za-z0-9_]*$/,
  allowed: "letters, digits and underscores are allowed in a variable's name, no digit first",
  remedy: "rename the item or the variable",
};

/** What is wrong with the arguments that all kinds share. */
export function checkConsumer(args: ConsumerArgs, names: TextRule): ArgumentProblem[] {
  return [
    ...checkText("name", args.name, names),
    ...args.references.flatMap(({ item, arn }, index) => [
      ...checkText(`references[${index}].item`, item, itemNames),
      ...checkText(`references[${index}].arn`, arn, valueArns),
    ]),
    ...checkTags("tags", args.tags),
  ];
}

/** What is wrong with what is injected, at `propertyPath[0]` and so on. */
export function checkInjected(propertyPath: string, injected: readonly InjectedValue[]): ArgumentProblem[] {
  return injected.flatMap((value, index) => {
    const path = `${propertyPath}[${index}]`;
    return [
      ...checkText(`${path}.variable`, value.variable, variableNames),
      ...checkText(`${path}.arn`, value.arn, valueArns),
      ...checkText(`${path}.file`, value.file, files),
      ...(value.kind === "secret" ? checkText(`${path}.field`, value.field, fieldNames) : []),
    ];
  });
}

const itemNames: TextRule = {
  pattern: /^[a-z][a-z0-9-]*(\/[a-z][a-z0-9-]*)?(\.jwks)?$/,
  allowed:
    "`item` or `service/item` in lower-case letters, digits and hyphens, a letter first, with `.jwks` behind it for public keys, is allowed",
  remedy: "rename the item",
};

const files: TextRule = {
  pattern: filePaths,
  allowed: `an absolute path of a file in a folder, without \`..\`, outside of ${coveredPaths}, is allowed`,
  remedy: "write it from the root, as in /run/tls/tls.key",
};

const fieldNames: TextRule = {
  pattern: /^[^:\s]+$/,
  allowed: "a JSON field without colons and spaces is allowed, as colons separate the parts of a reference",
  remedy: "rename the field in the secret",
};

/** What sets the variables of a process, and where it stands in a component's arguments. */
interface Variables {
  readonly references: readonly ValueReference[];
  /** Path of what holds the other two. */
  readonly at: string;
  readonly injected?: readonly InjectedValue[];
  readonly variables?: PlainVariables | undefined;
}

/** Two variables of one name: AWS refuses them, and a process would see only one. Instances have no variables. */
export function checkVariables({
  references,
  at,
  injected = [],
  variables = {},
}: Variables): ArgumentProblem[] {
  const uses = [
    ...references.map(({ item }, index) => ({
      variable: referenceVariable(item),
      path: `references[${index}]`,
      what: item,
    })),
    ...injected.map(({ variable }, index) => ({
      variable,
      path: `${at}.injected[${index}]`,
      what: "an injected value",
    })),
    ...Object.keys(variables).map((variable) => ({
      variable,
      path: `${at}.variables.${variable}`,
      what: "a plain variable",
    })),
  ];
  const named = Object.keys(variables).flatMap((variable) =>
    checkText(`${at}.variables.${variable}`, variable, variableNames),
  );
  const twice = uses.flatMap(({ variable, path, what }, index) => {
    const earlier = uses.slice(0, index).find((use) => use.variable === variable);
    return check(earlier === undefined, path, {
      found: `${what} would take the variable ${variable} of ${earlier?.what}`,
      allowed: "each variable stands for one thing",
      remedy: "rename an item or a variable",
    });
  });
  return [...named, ...twice];
}
