import assert from "node:assert/strict";
import { NoticesTopic, type NoticesTopicArgs } from "../../../components/account/noticesTopic";
import { rejected } from "../support/problems";
import { runProgram } from "../support/harness";
import { keyArn, policyNamed, policyTooLong, tags } from "../support/organisation";
import { settle } from "../support/settle";

const args: NoticesTopicArgs = {
  topicName: "secrets-platform-notices",
  keyArn,
  policy: policyNamed("Publish"),
  tags,
};

const topicArn = "arn:aws:sns:eu-west-1:111111111111:secrets-platform-notices";
const guardrailArn = "arn:aws:iam::aws:policy/AWSDenyAll";

describe("NoticesTopic", () => {
  it("is encrypted, has its policy, and subscribes nobody by itself", async () => {
    const { created, named, result } = await runProgram(() => new NoticesTopic("notices", args));
    assert.deepEqual(created, [
      "aws:sns/topic:Topic notices-topic",
      "aws:sns/topicPolicy:TopicPolicy notices-topic-policy",
    ]);
    assert.deepEqual(named("notices-topic").inputs, {
      name: "secrets-platform-notices",
      kmsMasterKeyId: keyArn,
      tags,
    });
    assert.deepEqual(named("notices-topic-policy").inputs, {
      arn: topicArn,
      policy: JSON.stringify(policyNamed("Publish")),
    });
    assert.deepEqual(await settle(result.arn), [topicArn]);
  });

  it("tells addresses everything, and owners what is about their values", async () => {
    const { created, named } = await runProgram(
      () =>
        new NoticesTopic("notices", {
          ...args,
          email: ["security@example.com"],
          https: ["https://alerts.example.com/aws"],
          owners: ["orders-team@example.com"],
        }),
    );
    assert.deepEqual(
      created.filter((each) => each.startsWith("aws:sns/topicSubscription")),
      [
        "aws:sns/topicSubscription:TopicSubscription notices-email-security@example.com",
        "aws:sns/topicSubscription:TopicSubscription notices-https-https://alerts.example.com/aws",
        "aws:sns/topicSubscription:TopicSubscription notices-owner-orders-team@example.com",
      ],
    );
    assert.deepEqual(named("notices-email-security@example.com").inputs, {
      topic: topicArn,
      protocol: "email",
      endpoint: "security@example.com",
    });
    assert.deepEqual(named("notices-owner-orders-team@example.com").inputs, {
      topic: topicArn,
      protocol: "email",
      endpoint: "orders-team@example.com",
      filterPolicy: '{"owner":["orders-team@example.com"]}',
    });
  });

  it("tells chat channels, which may ask AWS nothing", async () => {
    const { named } = await runProgram(
      () =>
        new NoticesTopic("notices", {
          ...args,
          chat: {
            roleName: "chat-notices",
            guardrailArn,
            slack: [{ workspace: "T0123ABCDEF", channel: "C0123ABCDEF" }],
            teams: [{ tenant: "tenant", team: "team", channel: "19:x@thread.tacv2" }],
          },
        }),
    );
    const role = named("notices-chat-role").inputs;
    assert.match(String(role.assumeRolePolicy), /"Service":"chatbot\.amazonaws\.com"/);
    const common = {
      iamRoleArn: "arn:aws:iam::111111111111:role/platform/chat-notices",
      guardrailPolicyArns: [guardrailArn],
      snsTopicArns: [topicArn],
      loggingLevel: "ERROR",
      tags,
    };
    assert.deepEqual(named("notices-slack-C0123ABCDEF").inputs, {
      configurationName: "chat-notices-C0123ABCDEF",
      slackTeamId: "T0123ABCDEF",
      slackChannelId: "C0123ABCDEF",
      ...common,
    });
    assert.deepEqual(named("notices-teams-1").inputs, {
      configurationName: "chat-notices-teams-1",
      tenantId: "tenant",
      teamId: "team",
      channelId: "19%3Ax%40thread.tacv2",
      ...common,
    });
  });

  it("rejects all that is wrong at once", async () => {
    const { result } = await runProgram(() =>
      rejected(
        () =>
          new NoticesTopic("notices", {
            topicName: "a b",
            keyArn: "alias/operations",
            policy: policyTooLong(),
            email: ["nobody", "a@example.com"],
            owners: ["a@example.com", "x"],
            https: ["http://example.com", "https://me:pass@example.com"],
            chat: { roleName: "a/b", guardrailArn: "AWSDenyAll", slack: [], teams: [] },
            tags: {},
          }),
      ),
    );
    assert.deepEqual(Object.keys(result), [
      "topicName",
      "keyArn",
      "policy",
      "email[0]",
      "email",
      "owners[1]",
      "https[0]",
      "https[1]",
      "chat.roleName",
      "chat.guardrailArn",
      "chat",
      "tags",
    ]);
    assert.doesNotMatch(result["https[1]"]!, /pass/);
  });
});
