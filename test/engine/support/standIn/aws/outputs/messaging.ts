import type { NewResource } from "../newResource";
import { settingOf, type OutputTable } from "./table";

/** SNS and SQS. */
export const messaging: OutputTable = {
  "aws:sns/topic:Topic": {
    id: (r) => r.arn("sns", r.text("name")),
    outputs: (r) => ({
      arn: r.arn("sns", r.text("name")),
      owner: r.target.account,
      beginningArchiveTime: "",
    }),
  },
  "aws:sns/topicPolicy:TopicPolicy": settingOf("arn", (r) => ({ owner: r.target.account })),
  "aws:sns/topicSubscription:TopicSubscription": {
    id: (r) => `${r.text("topic")}:${r.uuid()}`,
    outputs: (r) => ({
      arn: `${r.text("topic")}:${r.uuid()}`,
      ownerId: r.target.account,
      // Somebody has to follow the link in the message first.
      pendingConfirmation: r.text("protocol").startsWith("email"),
      confirmationWasAuthenticated: false,
    }),
  },
  "aws:sqs/queue:Queue": {
    id: queueUrl,
    outputs: (r) => ({ arn: r.arn("sqs", r.text("name")), url: queueUrl(r) }),
  },
  "aws:sqs/queuePolicy:QueuePolicy": settingOf("queueUrl"),
};

function queueUrl(resource: NewResource): string {
  const { region, account } = resource.target;
  return `https://sqs.${region}.${resource.domain()}/${account}/${resource.text("name")}`;
}
