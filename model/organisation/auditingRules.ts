import { partitionOf } from "../aws/partitions";
import type { Problem } from "../yaml/problem";
import type { StackFile } from "./stackFile";

/** What a stack says about its trail, whom it names twice, and chat channels where AWS has none. */
export function auditing(stacks: readonly StackFile[]): Problem[] {
  return stacks.flatMap((stack) => [
    ...trail(stack),
    ...heardTwice(stack),
    ...chatTwice(stack),
    ...chat(stack),
  ]);
}

function trail({ file, settings }: StackFile): Problem[] {
  const mode = settings["secrets-platform:trail"] ?? "create";
  const logGroup = settings["secrets-platform:trailLogGroup"];
  if (mode === "existing" && logGroup === undefined) {
    return [
      file.problem(["secrets-platform:trail"], {
        found: "found `existing`, and no log group",
        allowed: "alarms look at the log group that the trail writes to",
        remedy: "name it in `secrets-platform:trailLogGroup`",
      }),
    ];
  }
  if (mode === "create" && logGroup !== undefined) {
    return [
      file.problem(["secrets-platform:trailLogGroup"], {
        found: "found a log group, and the platform makes its own trail",
        allowed: "a log group is named for a trail that exists",
        remedy: "add `secrets-platform:trail: existing`, or remove it",
      }),
    ];
  }
  return [];
}

/** A topic has one subscription of an address, with a filter or without. */
function heardTwice({ file, settings }: StackFile): Problem[] {
  const { email = [], owners = [], https = [] } = settings["secrets-platform:notices"] ?? {};
  const named = [
    ...email.map((address, index) => ["email", index, address] as const),
    ...owners.map((address, index) => ["owners", index, address] as const),
    ...https.map((address, index) => ["https", index, address] as const),
  ];
  return named.flatMap(([key, index, address], position) =>
    named.slice(0, position).some(([, , before]) => before === address)
      ? [
          file.problem(["secrets-platform:notices", key, index], {
            found: `${address} stands there already`,
            allowed: "each address is told once: of everything, or as an owner of its own values",
            remedy: "remove one",
          }),
        ]
      : [],
  );
}

/**
 * AWS takes a Slack channel once an account; the AWS provider finds a Teams channel by its team alone, and fails where a
 * team has two (https://github.com/hashicorp/terraform-provider-aws/pull/47039).
 */
function chatTwice({ file, settings }: StackFile): Problem[] {
  const { slack = [], teams = [] } = settings["secrets-platform:notices"] ?? {};
  const again = (names: readonly string[], index: number) => names.indexOf(names[index]!) < index;
  const channels = slack.map(({ workspace, channel }) => `${workspace}/${channel}`);
  const ofTeams = teams.map(({ team }) => team);
  return [
    ...slack.flatMap(({ channel }, index) =>
      again(channels, index)
        ? [
            file.problem(["secrets-platform:notices", "slack", index], {
              found: `${channel} stands there already`,
              allowed: "each channel is told once",
              remedy: "remove one",
            }),
          ]
        : [],
    ),
    ...teams.flatMap(({ team }, index) =>
      again(ofTeams, index)
        ? [
            file.problem(["secrets-platform:notices", "teams", index], {
              found: `a channel of team ${team} stands there already`,
              allowed: "the AWS provider can keep one channel of each team",
              remedy: "remove one, or choose a channel of another team",
            }),
          ]
        : [],
    ),
  ];
}

/** https://docs.aws.amazon.com/general/latest/gr/chatbot.html */
function chat({ file, settings }: StackFile): Problem[] {
  const region = settings["aws:region"];
  if (partitionOf(region) === "aws") return [];
  const notices = settings["secrets-platform:notices"] ?? {};
  return (["slack", "teams"] as const)
    .filter((key) => notices[key] !== undefined)
    .map((key) =>
      file.problem(["secrets-platform:notices", key], {
        found: `found channels, in ${region}`,
        allowed: "Amazon Q Developer in chat applications is not offered in that partition",
        remedy: "use `email` or `https`",
      }),
    );
}
