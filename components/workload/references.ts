import { referenceVariable } from "../../model/catalogue/referenceVariable";

/** Something a consumer reads at run time: where it is, never what it is. */
export interface ValueReference {
  /** As the consumer's manifest names it: `item`, or `service/item` of another service. */
  readonly item: string;
  /** Full ARN of the secret or parameter; reading by ARN works in and across accounts. */
  readonly arn: string;
}

/** Plain text by the name of its environment variable. */
export type PlainVariables = Readonly<Record<string, string>>;

/** Something ECS or CodeBuild copies into a process at its start. */
export type InjectedValue = InjectedSecret | InjectedParameter;

export interface InjectedSecret {
  readonly kind: "secret";
  /** Name of the environment variable. */
  readonly variable: string;
  /** Full ARN, with the six characters AWS puts at its end. */
  readonly arn: string;
  /** JSON field. @default the whole value */
  readonly field?: string;
  /** File of a container that is made of it, in place of the variable. @default the program has the variable */
  readonly file?: string;
}

export interface InjectedParameter {
  readonly kind: "parameter";
  /** Name of the environment variable. */
  readonly variable: string;
  /** Full ARN of a parameter of the same account. */
  readonly arn: string;
  /** File of a container that is made of it, in place of the variable. @default the program has the variable */
  readonly file?: string;
}

/** Environment variables that say where values are, by name. */
export function referenceVariables(references: readonly ValueReference[]): Record<string, string> {
  return Object.fromEntries(
    references.map(({ item, arn }) => [referenceVariable(item), arn] as const).sort(byName),
  );
}

/** All that a process is told in plain text: where values are, and its plain variables; by name. */
export function plainEnvironment(
  references: readonly ValueReference[],
  variables: PlainVariables = {},
): Record<string, string> {
  return Object.fromEntries(Object.entries({ ...referenceVariables(references), ...variables }).sort(byName));
}

/** For programs that read a file rather than their environment: ARNs by the names of the manifest. */
export function referenceFile(references: readonly ValueReference[]): string {
  const arns = Object.fromEntries(references.map(({ item, arn }) => [item, arn] as const).sort(byName));
  return `${JSON.stringify(arns, undefined, 2)}\n`;
}

/** `/orders/prod/log-level`, of a parameter's ARN. */
export function parameterNameOf(arn: string): string {
  return arn.slice(arn.indexOf(":parameter/") + ":parameter".length);
}

function byName([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
