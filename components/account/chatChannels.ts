import { SlackChannelConfiguration, TeamsChannelConfiguration } from "@pulumi/aws/chatbot";
import type { Input, Resource } from "@pulumi/pulumi";
import { accountPattern, iamArn } from "../../model/aws/textRules";
import { type TextRule } from "../../model/aws/textRules";
import { serviceTrust } from "../../model/documents/serviceTrust";
import type { SlackChannel, TeamsChannel } from "../../model/organisation/types";
import { roleNames, type Tags } from "../argumentRules";
import { check, checkText, checkTexts, type ArgumentProblem } from "../validation";
import { roleWithPolicy } from "./roleWithPolicy";

export interface ChatNotices {
  /** Role that channels act by, under `/platform/`; it may do nothing. */
  readonly roleName: string;
  /** Policy beyond which no channel gets whatever roles its people choose. */
  readonly guardrailArn: string;
  readonly slack: readonly SlackChannel[];
  readonly teams: readonly TeamsChannel[];
}

interface TopicsChat extends ChatNotices {
  readonly topicArn: Input<string>;
  readonly tags: Tags;
}

/**
 * Channels that hear of a topic through Amazon Q Developer in chat applications, and can ask AWS nothing: children
 * `{name}-chat-role`, `{name}-slack-{channel}` and `{name}-teams-{number}` of a component.
 * https://docs.aws.amazon.com/chatbot/latest/adminguide/understanding-permissions.html
 */
export function chatChannels(
  name: string,
  { roleName, guardrailArn, slack, teams, topicArn, tags }: TopicsChat,
  parent: Resource,
): void {
  const { role } = roleWithPolicy(
    `${name}-chat`,
    {
      roleName,
      description: "Shows notices in chat channels; may do nothing",
      trust: serviceTrust("chatbot"),
      tags,
    },
    parent,
  );
  const common = {
    iamRoleArn: role.arn,
    guardrailPolicyArns: [guardrailArn],
    snsTopicArns: [topicArn],
    loggingLevel: "ERROR",
    tags,
  };
  for (const { workspace, channel } of slack) {
    new SlackChannelConfiguration(
      `${name}-slack-${channel}`,
      {
        configurationName: `${roleName}-${channel}`,
        slackTeamId: workspace,
        slackChannelId: channel,
        ...common,
      },
      { parent },
    );
  }
  for (const [index, { tenant, team, channel }] of teams.entries()) {
    new TeamsChannelConfiguration(
      `${name}-teams-${index + 1}`,
      {
        configurationName: `${roleName}-teams-${index + 1}`,
        tenantId: tenant,
        teamId: team,
        // AWS takes it encoded, as it stands in the channel's link.
        channelId: encodeURIComponent(channel),
        ...common,
      },
      { parent },
    );
  }
}

const policyArns: TextRule = {
  pattern: iamArn("policy/.+", undefined, `aws|${accountPattern}`),
  allowed: "the ARN of a managed policy is needed",
  remedy: "pass one that denies, such as AWS's own AWSDenyAll",
};

const slackIds: TextRule = {
  pattern: /^[CGT][A-Z0-9]{7,15}$/,
  allowed: "the identifiers Slack gives are needed, `T…` and `C…` or `G…`",
  remedy: "copy them from the channel's link",
};

export function chatProblems(propertyPath: string, args: ChatNotices): ArgumentProblem[] {
  return [
    ...checkText(`${propertyPath}.roleName`, args.roleName, roleNames),
    ...checkText(`${propertyPath}.guardrailArn`, args.guardrailArn, policyArns),
    ...checkTexts(
      `${propertyPath}.slack`,
      args.slack.flatMap(({ workspace, channel }) => [workspace, channel]),
      slackIds,
    ),
    ...check(args.slack.length + args.teams.length > 0, propertyPath, {
      found: "no channel was found",
      allowed: "at least one is needed",
      remedy: "leave it out",
    }),
  ];
}
