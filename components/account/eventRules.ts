import * as cloudwatch from "@pulumi/aws/cloudwatch";
import { ComponentResource, type ComponentResourceOptions, type Input } from "@pulumi/pulumi";
import { type TextRule } from "../../model/aws/textRules";
import type { PolicyDocument } from "../../model/documents/policy";
import { eventPatternText, longestEventPattern } from "../../model/detection/eventPattern";
import { messageTemplate } from "../../model/detection/messageTemplate";
import type { EventRule } from "../../model/detection/types";
import { checkTags, roleNames, type Tags } from "../argumentRules";
import { checkPolicy, policyLimits } from "../policyArgument";
import { check, checkDistinct, checkText, type ArgumentProblem, rejectProblems } from "../validation";
import { roleWithPolicy } from "./roleWithPolicy";

export interface EventRulesArgs {
  /** What names of rules begin with. */
  readonly namePrefix: string;
  readonly rules: readonly EventRule[];
  /** Topic that is told. */
  readonly topicArn: Input<string>;
  /** Role by which events reach it, under `/platform/`. */
  readonly role: { readonly name: string; readonly trust: PolicyDocument; readonly policy: PolicyDocument };
  /** At least `service`, `environment` and `owner`. */
  readonly tags: Tags;
}

/**
 * Tells a topic of events of the account's bus as they happen, in words: what happened, who did it, what to do next.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export class EventRules extends ComponentResource {
  constructor(name: string, args: EventRulesArgs, opts?: ComponentResourceOptions) {
    rejectProblems("EventRules", name, problemsOf(args));
    // The name that deployed stacks know it by; by another one AWS would delete each rule and make it again.
    super("secrets-platform:account:EventNotices", name, {}, opts);
    const { role, ready } = roleWithPolicy(
      name,
      {
        roleName: args.role.name,
        description: "Tells the notices topic of events",
        trust: args.role.trust,
        policy: args.role.policy,
        tags: args.tags,
      },
      this,
    );
    for (const declared of args.rules) {
      const rule = new cloudwatch.EventRule(
        `${name}-${declared.id}`,
        {
          name: `${args.namePrefix}-${declared.id}`,
          description: declared.description,
          eventPattern: eventPatternText(declared.pattern),
          state: declared.includesReads ? "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" : "ENABLED",
          tags: args.tags,
        },
        { parent: this },
      );
      new cloudwatch.EventTarget(
        `${name}-${declared.id}-target`,
        {
          rule: rule.name,
          arn: args.topicArn,
          roleArn: role.arn,
          inputTransformer: {
            inputPaths: declared.message.fields,
            inputTemplate: messageTemplate(declared),
          },
        },
        { parent: this, dependsOn: [ready] },
      );
    }
    this.registerOutputs({});
  }
}

const namePrefixes: TextRule = {
  pattern: /^[A-Za-z0-9._-]{1,40}$/,
  allowed: "1 to 40 letters, digits and `._-` are allowed, a rule's name having 64",
  remedy: "shorten it or replace the other characters",
};

/** Characters EventBridge takes as a rule's description. */
const longestDescription = 512;

function problemsOf(args: EventRulesArgs): ArgumentProblem[] {
  const { rules } = args;
  return [
    ...checkText("namePrefix", args.namePrefix, namePrefixes),
    ...checkDistinct(
      "rules",
      rules.map(({ id }) => id),
      true,
    ),
    ...rules.flatMap(({ id, description }, index) =>
      check(description.length <= longestDescription, `rules[${index}].description`, {
        found: `${description.length} characters were found in ${id}`,
        allowed: `EventBridge takes ${longestDescription}`,
        remedy: "shorten it",
      }),
    ),
    ...rules.flatMap(({ id, pattern }, index) =>
      check(eventPatternText(pattern).length <= longestEventPattern, `rules[${index}].pattern`, {
        found: `${eventPatternText(pattern).length} characters were found in ${id}`,
        allowed: `EventBridge takes ${longestEventPattern}`,
        remedy: "split it over two rules",
      }),
    ),
    ...checkText("role.name", args.role.name, roleNames),
    ...checkPolicy("role.trust", args.role.trust, policyLimits.trust),
    ...checkPolicy("role.policy", args.role.policy, policyLimits.role),
    ...checkTags("tags", args.tags),
  ];
}
