import { Parameter } from "@pulumi/aws/ssm";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { type TextRule } from "../../model/aws/textRules";
import { parameterBytes } from "../../model/aws/quotas";
import { checkTags, descriptions, type Tags } from "../argumentRules";
import { check, checkText, type ArgumentProblem, rejectProblems } from "../validation";

export interface PlainParameterArgs {
  /** `/{service}/{environment}/{parameter}`; at most 1,011 characters with the ARN before it. */
  readonly name: string;
  /** Never SecureString: its value would stand in the program and in Pulumi's state. */
  readonly type: "String" | "StringList";
  /** Entries of a StringList are joined by commas. 1 to 4,096 bytes, in the Advanced tier 8,192. */
  readonly value: string;
  readonly tier: "Standard" | "Advanced";
  /** At most 1,024 characters. */
  readonly description: string;
  readonly tags: Tags;
}

/**
 * A setting that is no secret, in the account that reads it.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
 */
export class PlainParameter extends ComponentResource {
  readonly arn: Output<string>;

  constructor(name: string, args: PlainParameterArgs, opts?: ComponentResourceOptions) {
    rejectProblems("PlainParameter", name, problemsOf(args));
    super("secrets-platform:workload:PlainParameter", name, {}, opts);
    const parameter = new Parameter(
      `${name}-parameter`,
      {
        name: args.name,
        type: args.type,
        // `value` would hide in every preview what a reviewer has to see.
        insecureValue: args.value,
        tier: args.tier,
        description: args.description,
        tags: args.tags,
      },
      { parent: this },
    );
    this.arn = parameter.arn;
    this.registerOutputs({ arn: this.arn });
  }
}

const parameterNames: TextRule = {
  pattern: /^\/(?!aws\/|ssm\/)[\w.-]+(\/[\w.-]+){1,14}$/i,
  allowed:
    "/{service}/{environment}/{parameter} is allowed, no part of it beginning the name with aws or ssm",
  remedy: "take it from the plan",
};

function problemsOf(args: PlainParameterArgs): ArgumentProblem[] {
  return [
    checkText("name", args.name, parameterNames),
    // The type says so already; a stack written in JavaScript would not be told.
    check(["String", "StringList"].includes(args.type), "type", {
      found: `${args.type} was found`,
      allowed: "String and StringList are allowed",
      remedy: "make a value that is sensitive an ExpiringParameter",
    }),
    checkValue(args),
    checkText("description", args.description, descriptions(1_024)),
    checkTags("tags", args.tags),
  ].flat();
}

function checkValue({ type, value, tier }: PlainParameterArgs): ArgumentProblem[] {
  const bytes = Buffer.byteLength(value);
  const longest = parameterBytes[tier];
  return [
    ...check(bytes > 0 && bytes <= longest, "value", {
      found: `${bytes} bytes was found`,
      allowed: `the ${tier} tier takes 1 to ${longest}`,
      remedy: tier === "Standard" ? "shorten it or choose the Advanced tier" : "shorten it",
    }),
    ...check(type !== "StringList" || !value.split(",").includes(""), "value", {
      found: "an empty entry was found",
      allowed: "entries of a StringList hold at least one character",
      remedy: "remove the entry",
    }),
  ];
}
