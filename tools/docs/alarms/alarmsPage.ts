import { findingKinds } from "../../../model/functions/metrics";
import { ownerTag } from "../../../model/functions/tags";
import { noticesTopicName, platformFunctionNames } from "../../../model/plan/names";
import type { Plan } from "../../../model/plan/types";
import { defaultAlarms } from "../../../model/detection/settings";
import { type Entries, entriesOf, type Entry } from "./entries";
import { alarmsExample, analyzerExample, noticesExample, trailExample } from "./examples";
import { limitLines } from "./limitLines";
import { code, table, yaml } from "../markdown";
import {
  alarmSettingLines,
  analyzerSettings,
  noticeSettingLines,
  type SettingLine,
  trailSettings,
} from "./settingsReference";

/** `docs/alarms.md`: what is watched, what to do first, how to set it up, and what it cannot see. */
export function alarmsPage(plan: Plan): string {
  const entries = entriesOf(plan);
  return [
    "# Alarms and notices",
    "",
    "<!-- Generated from model/detection by `npm run docs`; a test keeps it current. -->",
    "",
    ...introduction,
    "",
    "## What was seen, and what to do first",
    "",
    "### Alarms",
    "",
    ...whatToDo(entries.alarms),
    "",
    "### Rules",
    "",
    ...whatToDo(entries.rules),
    "",
    "### The daily watch",
    "",
    ...dailyWatch,
    "",
    "## When each goes off, and which settings change it",
    "",
    ...changedBy(entries),
    "",
    "`namePrefix` changes the name of each.",
    "",
    "## Settings",
    "",
    "All stand in the stack's file, and all may be left out. What is written wrong is refused before anything is deployed.",
    "",
    "### `secrets-platform:trail`, `secrets-platform:trailLogGroup`",
    "",
    ...settings(trailSettings()),
    "",
    ...existingTrail,
    "",
    ...yaml(trailExample),
    "",
    "### `secrets-platform:accessAnalyzer`",
    "",
    ...settings(analyzerSettings()),
    "",
    ...existingAnalyzer,
    "",
    ...yaml(analyzerExample),
    "",
    "### `secrets-platform:alarms`",
    "",
    ...settings(alarmSettingLines()),
    "",
    ...yaml(alarmsExample),
    "",
    "### `secrets-platform:notices`",
    "",
    ...settings(noticeSettingLines()),
    "",
    "An address stands in one of the lists, once. Where none of `email`, `https`, `slack` and `teams` names anybody, `pulumi up`",
    "warns that nobody is told.",
    "",
    ...yaml(noticesExample),
    "",
    "## Who is told",
    "",
    ...whoIsTold,
    "",
    "## Limits",
    "",
    ...limitLines(plan),
    "",
  ].join("\n");
}

const introduction = [
  "For whoever is called by one of them, and for whoever sets them up. Every account has its own alarms, its own rules and its",
  `own SNS topic, \`${noticesTopicName}\`: the account in the message is the account where it happened.`,
  "",
  `- An **alarm** is CloudWatch's. Its name is \`${defaultAlarms.namePrefix}-NAME\` (\`namePrefix\` in the settings), and its description is the text`,
  "  below. They count records of the account's CloudTrail trail, of every region; `rotation-overdue` and `watch-…` go by what",
  "  the daily watch counts, `trail-silent`, `rollout-…` and `…-undelivered` by what CloudWatch itself counts.",
  "- A **rule** is EventBridge's, of the same prefix. It tells of an event as it happens: who, what, from where.",
  "- A **notice** is what people get of either, or of the daily watch; the `notices` setting says who gets them.",
  "- Kinds of accounts: **workload** accounts hold one environment's consumers, **security** accounts hold keys, secrets and",
  "  `home: security` parameters.",
  "",
  "Most first steps begin with `npx platform audit`: it says who read what, with the credentials of the account in the message.",
  "What was changed by hand only `--refresh` finds: without it Pulumi compares the program with what it remembers, and neither looks",
  "at AWS nor fixes anything. What was added beside ours, and another code of a function, it does not find even so.",
];

const dailyWatch = [
  `At six in the morning, UTC, the function \`${platformFunctionNames.expiryWatch}\` of each account looks through the values there, and tells`,
  "each owner in one message what of theirs is one of these, with what fixes each:",
  `${findingKinds.map((kind) => `\`${kind}\``).join(", ")}.`,
  "`npx platform status` shows the same at any time.",
];

const existingTrail = [
  "`existing` suits an account that has a trail of its own already. That trail has to record management events, reads and KMS",
  "included, in every region, and write to a log group of this account and region: alarms look at nothing else. If it stops,",
  "`trail-silent` says so after a day.",
  "",
  "An organisation's trail does not do: its log group is in one account alone. AWS Control Tower's is one",
  "[since landing zone 3.0](https://docs.aws.amazon.com/controltower/latest/userguide/about-logging.html), with its group in the management account, whose name",
  "[4.0](https://docs.aws.amazon.com/controltower/latest/userguide/key-changes-lz-v4.html) changed once more; member accounts have neither trail nor group. There `create`,",
  "the default, is right: a second copy of management events is [charged](https://aws.amazon.com/cloudtrail/pricing/), and alarms in the account itself need one.",
];

const existingAnalyzer = [
  "The platform's [analyzer](https://docs.aws.amazon.com/IAM/latest/UserGuide/what-is-access-analyzer.html) looks for what can be used from outside the account, in the home region and in those of",
  "replicas. Two kinds of findings it archives as they come, which are no news: what the accounts of the platform are let into",
  "under a condition on the organisation, and the roles of single sign-on. What stays active is told, from the home region, as",
  "`external-access`; other regions' findings stand in their consoles. AWS takes one such analyzer an account and region, so where",
  "there is one already, or an analyzer of the organisation, `existing` is needed: findings of an account's own are told all the",
  "same, those of an organisation's go to the account that looks after it.",
];

const whoIsTold = [
  "- **E-mail.** AWS sends each address one mail that asks to confirm; until its link is opened nothing else arrives. An address",
  "  confirms once for each account. *Request confirmation* in the SNS console sends a mail that was lost again. The same holds",
  "  for `https` endpoints, which have to answer SNS's",
  "  [confirmation request](https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.prepare.html).",
  `- **Owners** get only what is theirs. The daily watch sends each message with the attribute \`${ownerTag}\`, the \`owner\` of the`,
  "  service's manifest, and the subscription of an owner has a",
  `  [filter](https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html) \`{"${ownerTag}": ["ADDRESS"]}\`. What alarms and rules send has no such`,
  "  attribute, so that owners get none of them. The address has to be the manifest's to the letter, and to stand in the stack of the",
  "  account that holds the values: the security stack for secrets and `home: security` parameters, the environment's own for the others.",
  "  AWS takes up to 15 minutes to apply a filter.",
  "- **Chat.** Somebody who may manage the workspace authorises it once in each account, before `pulumi up`: in the console of",
  "  Amazon Q Developer in chat applications, *Configure new client*, then",
  "  [Slack](https://docs.aws.amazon.com/chatbot/latest/adminguide/slack-setup.html) or",
  "  [Microsoft Teams](https://docs.aws.amazon.com/chatbot/latest/adminguide/teams-setup.html). The console then shows the identifiers that the",
  "  settings want. A private Slack channel has to invite the app as well. Channels hear everything and can ask AWS",
  "  nothing: their role has no permissions, and `AWSDenyAll` stands over whatever else is chosen. In China and GovCloud AWS offers no",
  "  chat, and the settings refuse it.",
];

function whatToDo(entries: readonly Entry[]): readonly string[] {
  return table(
    ["Name", "Account", "What it sees", "What to do first"],
    entries.map(({ id, account, sees, first }) => [code(id), account, sees, first]),
  );
}

function changedBy({ alarms, rules }: Entries): readonly string[] {
  return table(
    ["Name", "Account", "Goes off at", "Settings"],
    [...alarms, ...rules].map(({ id, account, when, settings: names }) => [
      code(id),
      account,
      when,
      names.map(code).join(", "),
    ]),
  );
}

function settings(lines: readonly SettingLine[]): readonly string[] {
  return table(
    ["Setting", "Takes", "Default", "Meaning"],
    lines.map(({ name, takes, standard, meaning }) => [code(name), takes, standard, meaning]),
  );
}
