import type { Stack } from "../../../model/organisation/types";
import { trailLogGroupName } from "../../../model/plan/names";
import type { Plan } from "../../../model/plan/types";
import { detectionsOf } from "../../../model/detection/account";
import { roomOfBuilds } from "../../../model/detection/buildSessions";
import { longestEventPattern } from "../../../model/detection/eventPattern";
import { longestFilterPattern, mostFilters } from "../../../model/detection/filterPattern";
import { unexpectedAccountPattern } from "../../../model/detection/securityReads";
import { unexpectedAddressPattern } from "../../../model/detection/workloadReads";
import { grouped } from "../markdown";

/** What AWS's limits leave room for, and what cannot be seen. */
export function limitLines(plan: Plan): readonly string[] {
  const { region } = plan.organisation;
  const filters = (kind: Stack["kind"]) => {
    const stack = plan.organisation.stacks.find((one) => one.kind === kind);
    return stack === undefined ? 0 : detectionsOf(plan, stack).filters.length;
  };
  return [
    `- Rules look at the event bus of the stacks' own region (here ${region}), and see calls of that region only. Alarms see`,
    "  those of every region, as far as the trail records them; the platform's own trail does.",
    "- A record reaches the trail's log group, and so an alarm, some minutes after the call; see",
    "  [how CloudTrail delivers](https://docs.aws.amazon.com/awscloudtrail/latest/userguide/send-cloudtrail-events-to-cloudwatch-logs.html).",
    `- CloudWatch Logs takes ${mostFilters} metric filters for one log group. A workload account uses ${filters("workload")} of them, a security account`,
    `  ${filters("security")}; whatever else counts in the log group of an existing trail uses the rest. In \`${trailLogGroupName}\` there is nothing else.`,
    `- A metric filter's pattern has at most ${grouped(longestFilterPattern)} characters, a rule's at most ${grouped(longestEventPattern)}. No pattern grows with the number of services.`,
    "  Five grow with what settings, accounts and rotation functions name; `npx platform check` and every preview say which one is too",
    "  long, by how much, and how to shorten it:",
    `  - \`unexpected-account\` names each workload account: one security account has room for ${mostReaders()}. Past that, some environments`,
    "    move to a security stack of their own.",
    `  - \`unexpected-address\` compares with each range of \`expectedAddresses\`: there is room for ${mostRanges()} such as \`203.0.113.0/24\`. A range`,
    "    of /8, /16 or /24 and a single address are one comparison, any other size up to 128. IPv4 only.",
    "    It names the roles of `outsideNetwork` too.",
    "  - `unexpected-endpoint`, which counts towards the same alarm, names those roles, and the two endpoints that values are read",
    "    through: of all filters it alone cannot be shown in a preview before there is a network.",
    "  - `unexpected-role` names the roles of `expectedRoles`. A common beginning with `*` behind it stands for many.",
    "  - `local-reader` names those, and the roles of teams' own rotation functions in the security account; under a common path",
    "    these are one entry of `expectedRoles`.",
    "- Records of a call across accounts: the account that owns the value sees the caller's account, never its role. The role is",
    "  in the caller's account, where `unexpected-role` and `unexpected-address` look; `npx platform audit` joins the two.",
    "- Refused calls come mostly without parameters, so that `denied-reads` knows what was refused from AWS's message. A refused",
    "  listing counts in a workload account whatever it lists, since ours may lie below what the message names.",
    "- Logins that database services manage are watched by name while some four of them fit. Past that `unexpected-role` and",
    "  `managed-secret-changed` mean every such login of the account: other teams' readers go under `expectedRoles`.",
    "- Builds may read from any address. They are known by role and session while some two fit, then by what their roles' names end",
    "  in, as in `-prod-release`, and where these are too many by CodeBuild's name of the session alone.",
    "- Pods, and what reads by a role that its team handed to a service of AWS, are in networks that nobody knows here: they may",
    "  read from any address and through any endpoint of the account. The path of their roles, which ends in `/_elsewhere/`, says so.",
    "  An endpoint of another account sets `unexpected-address` off for them too.",
    "- Pods with tokens of their cluster take on their roles as an identity provider's users. `reader-taken-over` knows some three",
    "  clusters of an account by name; past that any of EKS's, while the trust of each role still names its own.",
    "- Of a call that names several things alarms look at the first name only: `DeleteParameters` in a workload account, and",
    "  `DeleteAlarms` everywhere. The rule `sensitive-calls` looks at each name.",
    "- Of a role that is changed IAM records the name without its path. `reader-taken-over` knows consumers' roles by the environment",
    "  within their names, as in `orders-prod-api`: another team's role of such a name sets it off when its trust changes.",
    "- Filters have `*` for any characters and nothing for one. A single sign-on role, of the deployer or under `expectedRoles`, is",
    "  known to alarms by its path and the beginning of its name: `Deployer_Viewers` passes for `Deployer`, so give permission sets",
    "  names of which none begins with another and an underscore. Rules tell them apart.",
    "- What IAM does to roles, and changes of chat channels, are recorded in a region of AWS's choosing: the alarms see them,",
    "  `reader-taken-over` and `detection-changed` as rules do not. Chat channels of other teams set off `recording-changed` too.",
    "- `archive-touched` sees what becomes of records as far as the trail of the account that holds the audit bucket records changes",
    "  of its objects: the platform's own does, an existing one may need a selector for them. Reads of records are",
    "  in the bucket's access logs alone, hours later.",
    "- In a workload account a consumer's role that somebody passes to compute of its own kind reads as the consumer does.",
    "- The CIS patterns are those of the benchmark to the letter, since Security Hub compares them. They exempt nobody, so that",
    "  deployments set off `permissions-changed`, `recording-changed`, `buckets-changed` and `network-changed`.",
    "- A Slack channel is told once an account, and of a team in Microsoft Teams one channel: the AWS provider cannot keep two.",
    "- EventBridge and Parameter Store send `parameter-expiry` as best effort. The daily watch says the same again.",
  ];
}

/** Workload accounts of one security account. */
function mostReaders(): number {
  const account = "0".repeat(12);
  return most(
    (count) =>
      unexpectedAccountPattern({ account, readers: times(count, account), rotators: [], stack: "security" })
        .length,
  );
}

/** Ranges of one comparison each, beside as many builds as there is room for and no role in `outsideNetwork`. */
function mostRanges(): number {
  const builds = "x".repeat(roomOfBuilds);
  return most(
    (count) =>
      unexpectedAddressPattern("0".repeat(12), [builds], {
        expectedAddresses: times(count, "203.0.113.0/24"),
        outsideNetwork: [],
      }).length,
  );
}

/** The highest count whose pattern still fits. */
function most(length: (count: number) => number): number {
  let count = 0;
  while (length(count + 1) <= longestFilterPattern) count++;
  return count;
}

function times(count: number, text: string): readonly string[] {
  return Array.from({ length: count }, () => text);
}
