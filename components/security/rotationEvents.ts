import { EventRule, EventTarget } from "@pulumi/aws/cloudwatch";
import { ComponentResource, type ComponentResourceOptions } from "@pulumi/pulumi";
import { rotationEventsPolicy } from "../../model/documents/rolloutPolicies";
import type { PolicyDocument } from "../../model/documents/policy";
import { rotationEventsRule } from "../../model/plan/names";
import { roleProblems, roleWithPolicy } from "../account/roleWithPolicy";
import type { Tags } from "../argumentRules";
import { type ArgumentProblem, rejectProblems } from "../validation";

export interface RotationEventsArgs {
  /** Role by which events leave the account, under `/platform/`. */
  readonly roleName: string;
  /** Who may assume it: EventBridge, for rules of this account. */
  readonly trust: PolicyDocument;
  /** Where which events go; at least one. */
  readonly routes: readonly RotationRoute[];
  readonly tags: Tags;
}

export interface RotationRoute {
  /** Environment whose rotations these are; part of the rule's name. */
  readonly environment: string;
  /** Which events (`rotationSucceeded`). */
  readonly eventPattern: object;
  /** ARN of the workload account's bus. */
  readonly busArn: string;
}

const noRoutes: ArgumentProblem = {
  propertyPath: "routes",
  reason: "none was found; at least one is needed; leave the component out",
};

/** Hands rotations that succeeded on to the accounts whose services have to be restarted. */
export class RotationEvents extends ComponentResource {
  constructor(name: string, args: RotationEventsArgs, opts?: ComponentResourceOptions) {
    const { routes, tags } = args;
    const role = {
      roleName: args.roleName,
      description: "Hands rotations on to workload accounts",
      trust: args.trust,
      policy: rotationEventsPolicy(routes.map(({ busArn }) => busArn)),
      tags,
    };
    rejectProblems("RotationEvents", name, routes.length > 0 ? roleProblems(role) : [noRoutes]);
    super("secrets-platform:security:RotationEvents", name, {}, opts);
    const { arn: roleArn, ready } = handOnRole(name, role, this);
    for (const { environment, eventPattern, busArn } of routes) {
      const rule = new EventRule(
        `${name}-${environment}`,
        {
          name: rotationEventsRule(environment),
          description: `Rotations of ${environment} that services are restarted after`,
          eventPattern: JSON.stringify(eventPattern),
          tags,
        },
        { parent: this },
      );
      new EventTarget(
        `${name}-${environment}-target`,
        { rule: rule.name, arn: busArn, roleArn },
        { parent: this, dependsOn: ready },
      );
    }
    this.registerOutputs({});
  }
}

function handOnRole(name: string, args: Parameters<typeof roleWithPolicy>[1], parent: RotationEvents) {
  const { role, ready } = roleWithPolicy(name, args, parent);
  return { arn: role.arn, ready };
}
