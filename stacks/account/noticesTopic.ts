import { log } from "@pulumi/pulumi";
import { NoticesTopic } from "../../components/account/noticesTopic";
import type { OperationsKey } from "../../components/account/operationsKey";
import { topicPolicy } from "../../model/documents/topicPolicy";
import type { Organisation, Stack } from "../../model/organisation/types";
import { noticesTopicName, platformFunctionNames } from "../../model/plan/names";
import type { Tags } from "./tags";

/** The account's topic, and everybody its settings name. */
export function noticesTopic(
  organisation: Organisation,
  { account, notices = {} }: Stack,
  operationsKey: OperationsKey,
  tags: Tags,
): NoticesTopic {
  const { email, owners, https, slack = [], teams = [] } = notices;
  if ([email, https, slack, teams].every((heard) => (heard ?? []).length === 0)) {
    void log.warn(
      `nobody is told of alarms in account ${account}: name addresses or channels in \`secrets-platform:notices\` of this stack`,
    );
  }
  return new NoticesTopic("notices", {
    topicName: noticesTopicName,
    keyArn: operationsKey.arn,
    policy: topicPolicy(organisation, account),
    email,
    owners,
    https,
    ...(slack.length + teams.length > 0 && {
      chat: {
        roleName: platformFunctionNames.chatNotices,
        guardrailArn: `arn:${organisation.partition}:iam::aws:policy/AWSDenyAll`,
        slack,
        teams,
      },
    }),
    tags,
  });
}
