import { Topic, TopicPolicy, TopicSubscription } from "@pulumi/aws/sns";
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { emailAddresses, httpsAddresses } from "../../model/aws/textRules";
import { keyArns, type TextRule } from "../../model/aws/textRules";
import type { PolicyDocument } from "../../model/documents/policy";
import { ownerTag } from "../../model/functions/tags";
import { checkTags, type Tags } from "../argumentRules";
import { checkPolicy, policyJson, policyLimits } from "../policyArgument";
import { checkDistinct, checkText, checkTexts, type ArgumentProblem, rejectProblems } from "../validation";
import { chatChannels, chatProblems, type ChatNotices } from "./chatChannels";

export interface NoticesTopicArgs {
  readonly topicName: string;
  /** ARN of the account's key for operations; its policy lets alarms and the notices' roles use it. */
  readonly keyArn: Input<string>;
  /** Who may publish. */
  readonly policy: PolicyDocument;
  /** Addresses that get everything; AWS asks each to confirm. @default none */
  readonly email?: readonly string[] | undefined;
  /** Owners of services: each gets by e-mail what is published with its own address as `owner`. @default none */
  readonly owners?: readonly string[] | undefined;
  /** HTTPS endpoints that get everything. @default none */
  readonly https?: readonly string[] | undefined;
  /** Chat channels that get everything. @default none */
  readonly chat?: ChatNotices | undefined;
  /** At least `service`, `environment` and `owner`. */
  readonly tags: Tags;
}

/**
 * Where an account's alarms, rules and daily watch tell what needs a person, and who hears it.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
 */
export class NoticesTopic extends ComponentResource {
  readonly arn: Output<string>;

  constructor(name: string, args: NoticesTopicArgs, opts?: ComponentResourceOptions) {
    rejectProblems("NoticesTopic", name, problemsOf(args));
    super("secrets-platform:account:NoticesTopic", name, {}, opts);
    const topic = new Topic(
      `${name}-topic`,
      { name: args.topicName, kmsMasterKeyId: args.keyArn, tags: args.tags },
      { parent: this },
    );
    new TopicPolicy(
      `${name}-topic-policy`,
      { arn: topic.arn, policy: policyJson(args.policy) },
      { parent: this },
    );
    for (const endpoint of args.email ?? []) this.#subscribe(name, topic, { protocol: "email", endpoint });
    for (const endpoint of args.https ?? []) this.#subscribe(name, topic, { protocol: "https", endpoint });
    for (const owner of args.owners ?? [])
      this.#subscribe(name, topic, { protocol: "email", endpoint: owner, owner });
    if (args.chat) chatChannels(name, { ...args.chat, topicArn: topic.arn, tags: args.tags }, this);
    this.arn = topic.arn;
    this.registerOutputs({ arn: this.arn });
  }

  #subscribe(name: string, topic: Topic, { protocol, endpoint, owner }: Subscriber): void {
    new TopicSubscription(
      owner === undefined ? `${name}-${protocol}-${endpoint}` : `${name}-owner-${owner}`,
      {
        topic: topic.arn,
        protocol,
        endpoint,
        ...(owner !== undefined && { filterPolicy: JSON.stringify({ [ownerTag]: [owner] }) }),
      },
      { parent: this },
    );
  }
}

interface Subscriber {
  readonly protocol: "email" | "https";
  readonly endpoint: string;
  /** Hears of this owner's things alone. */
  readonly owner?: string;
}

/** https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
const topicNames: TextRule = {
  pattern: /^[A-Za-z0-9_-]{1,256}$/,
  allowed: "1 to 256 letters, digits, `_` and `-` are allowed",
  remedy: "shorten it or replace the other characters",
};

function problemsOf(args: NoticesTopicArgs): ArgumentProblem[] {
  const { email = [], owners = [], https = [] } = args;
  return [
    ...checkText("topicName", args.topicName, topicNames),
    ...checkText("keyArn", args.keyArn, keyArns),
    ...checkPolicy("policy", args.policy, policyLimits.topic),
    ...checkTexts("email", email, emailAddresses),
    // SNS takes one subscription of an address, with a filter or without.
    ...checkDistinct("email", [...email, ...owners]),
    ...checkTexts("owners", owners, emailAddresses),
    ...checkTexts("https", https, httpsAddresses),
    ...checkDistinct("https", https),
    ...(args.chat ? chatProblems("chat", args.chat) : []),
    ...checkTags("tags", args.tags),
  ];
}
