import type { AlarmSettings, Stack } from "../../../model/organisation/types";
import type { Plan } from "../../../model/plan/types";
import { detectionsOf } from "../../../model/detection/account";
import type { Alarm, Detections, EventRule, Trigger } from "../../../model/detection/types";

/** An alarm or a rule, as a person meets it. */
export interface Entry {
  readonly id: string;
  readonly account: "workload" | "security" | "every";
  readonly sees: string;
  /** What to do first. */
  readonly first: string;
  readonly when: string;
  /** Settings by which it changes, beside `namePrefix`, which all names begin with. */
  readonly settings: readonly string[];
}

export interface Entries {
  readonly alarms: readonly Entry[];
  readonly rules: readonly Entry[];
}

/** Everything that is watched, once for each way it is answered: both kinds of account have some in common. */
export function entriesOf(plan: Plan): Entries {
  const [security, workload] = [entriesOfKind(plan, "security"), entriesOfKind(plan, "workload")];
  return {
    alarms: merged(workload.alarms, security.alarms),
    rules: merged(workload.rules, security.rules),
  };
}

/** Those of workload accounts first, then what is the same everywhere, then those of security accounts. */
function merged(workload: readonly Entry[], security: readonly Entry[]): readonly Entry[] {
  const texts = ({ id, sees, first, when }: Entry) => JSON.stringify([id, sees, first, when]);
  const inSecurity = new Map(security.map((entry) => [texts(entry), entry]));
  const inWorkload = new Set(workload.map(texts));
  const common = workload.flatMap((entry): Entry[] => {
    const other = inSecurity.get(texts(entry));
    if (other === undefined) return [];
    return [{ ...entry, account: "every", settings: [...new Set([...entry.settings, ...other.settings])] }];
  });
  return [
    ...workload.filter((entry) => !inSecurity.has(texts(entry))),
    ...security.filter((entry) => !inWorkload.has(texts(entry))),
    ...common,
  ];
}

/** Of the stack with most: what a database service manages is watched only where there is such a thing. */
function entriesOfKind(plan: Plan, kind: Stack["kind"]): Entries {
  const all = plan.organisation.stacks
    .filter((stack) => stack.kind === kind)
    .map((stack) => entriesOfStack(plan, stack));
  if (all.length === 0) throw new Error(`no ${kind} stack`);
  const most = (of: keyof Entries) =>
    all.map((one) => one[of]).reduce((a, b) => (b.length > a.length ? b : a));
  return { alarms: most("alarms"), rules: most("rules") };
}

function entriesOfStack(plan: Plan, stack: Stack): Entries {
  const detections = detectionsOf(plan, stack);
  const changed = probes.map(({ setting, alarms, trail }) => ({
    setting,
    detections: detectionsOf(plan, {
      ...stack,
      ...(alarms && { alarms: { ...stack.alarms, ...alarms } }),
      ...(trail && { trail }),
    }),
  }));
  const settingsOf = (find: (one: Detections) => unknown) =>
    changed
      .filter((one) => JSON.stringify(find(one.detections)) !== JSON.stringify(find(detections)))
      .map(({ setting }) => setting);
  return {
    alarms: detections.alarms.map((alarm) => ({
      ...alarmEntry(alarm, stack),
      settings: settingsOf((one) => allOf(one, alarm.id)),
    })),
    rules: detections.rules.map((rule) => ({
      ...ruleEntry(rule, stack),
      settings: settingsOf(({ rules }) => rules.find(({ id }) => id === rule.id)),
    })),
  };
}

/** An alarm with the filters that count what it looks at. */
function allOf({ alarms, filters }: Detections, id: string): unknown {
  const alarm = alarms.find((one) => one.id === id);
  return [alarm, filters.filter(({ metric }) => metric === alarm?.metric.name)];
}

function alarmEntry({ id, runbook, trigger }: Alarm, { kind }: Stack): Omit<Entry, "settings"> {
  const [sees = "", ...first] = runbook.split(/ First: /);
  return { id, account: kind, sees, first: sentence(first.join(" First: ")), when: triggerText(trigger) };
}

function ruleEntry({ id, description, message }: EventRule, { kind }: Stack): Omit<Entry, "settings"> {
  return {
    id,
    account: kind,
    sees: `${description}${description.endsWith("?") ? "" : "."}`,
    first: message.nextSteps.map((step) => `${step.replace(/<(\w+)>/g, placeholder)}.`).join(" "),
    when: "at once",
  };
}

/** What EventBridge fills in, which Markdown would take for HTML. */
function placeholder(_: string, field: string): string {
  return `\`${field.toUpperCase()}\``;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function triggerText(trigger: Trigger): string {
  switch (trigger.kind) {
    case "count":
      return `${trigger.atLeast} or more within ${minutes(trigger.minutes)}`;
    case "level":
      return trigger.unit === undefined
        ? `${trigger.atLeast} or more, as the daily watch counts them`
        : `${trigger.atLeast} ${trigger.unit} or more`;
    case "band":
      return `more than ${trigger.deviations} standard deviations above the usual, ${trigger.inRow} times ${minutes(trigger.minutes)} in a row`;
    case "silence":
      return `nothing within ${minutes(trigger.minutes)}`;
    case "absence":
      return `no run within ${trigger.hours} hours`;
  }
}

function minutes(count: number): string {
  if (count % 60 === 0) return `${count / 60} hours`;
  return count === 1 ? "a minute" : `${count} minutes`;
}

/** A value of each setting that is not its default. `namePrefix` stands in every name, and says nothing of one. */
const otherAlarms: Required<Omit<AlarmSettings, "namePrefix">> = {
  expectedAddresses: ["203.0.113.0/24"],
  expectedRoles: ["ci-runner"],
  outsideNetwork: ["services/orders/*"],
  readsInFiveMinutes: 2,
  readsBand: 2,
  deniedReads: 2,
  unauthorisedCalls: 2,
  failedSignIns: 2,
  deployerChanges: "report",
};

interface Probe {
  readonly setting: string;
  readonly alarms?: AlarmSettings;
  readonly trail?: NonNullable<Stack["trail"]>;
}

const probes: readonly Probe[] = [
  ...Object.entries(otherAlarms).map(([setting, value]) => ({ setting, alarms: { [setting]: value } })),
  { setting: "trailLogGroup", trail: { mode: "existing", logGroup: "another" } },
];
