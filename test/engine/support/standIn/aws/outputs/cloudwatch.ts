import type { NewResource } from "../newResource";
import type { OutputTable } from "./table";

/** CloudWatch, CloudWatch Logs, EventBridge and CloudTrail: all that watches. */
export const cloudwatch: OutputTable = {
  "aws:cloudwatch/logGroup:LogGroup": {
    id: (r) => r.text("name"),
    outputs: (r) => ({ arn: r.arn("logs", `log-group:${r.text("name")}`) }),
  },
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": { id: (r) => r.text("name") },
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": { id: (r) => r.text("policyName") },
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": { id: (r) => `cwlsf-${r.hex(10)}` },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    id: (r) => r.text("name"),
    outputs: (r) => ({ arn: r.arn("cloudwatch", `alarm:${r.text("name")}`) }),
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    id: (r) => r.text("dashboardName"),
    outputs: (r) => ({ dashboardArn: r.globalArn("cloudwatch", `dashboard/${r.text("dashboardName")}`) }),
  },
  "aws:cloudwatch/eventBus:EventBus": {
    id: (r) => r.text("name"),
    outputs: (r) => ({ arn: r.arn("events", `event-bus/${r.text("name")}`) }),
  },
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": { id: busOf },
  "aws:cloudwatch/eventPermission:EventPermission": { id: (r) => `${busOf(r)}/${r.text("statementId")}` },
  "aws:cloudwatch/eventRule:EventRule": {
    id: (r) => onBus(r, r.text("name")),
    outputs: (r) => ({ arn: r.arn("events", `rule/${onBus(r, r.text("name"))}`) }),
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    id: (r) => `${onBus(r, r.text("rule"))}-${targetId(r)}`,
    outputs: (r) => ({ targetId: targetId(r) }),
  },
  "aws:cloudtrail/trail:Trail": {
    id: (r) => r.arn("cloudtrail", `trail/${r.text("name")}`),
    outputs: (r) => ({
      arn: r.arn("cloudtrail", `trail/${r.text("name")}`),
      homeRegion: r.target.region,
      snsTopicArn: "",
    }),
  },
};

function busOf(resource: NewResource): string {
  return resource.text("eventBusName") || "default";
}

/** Names on the default bus go without it. */
function onBus(resource: NewResource, name: string): string {
  const bus = busOf(resource).split("/").at(-1);
  return bus === "default" ? name : `${bus}/${name}`;
}

function targetId(resource: NewResource): string {
  return resource.text("targetId") || `terraform-${resource.hex(26)}`;
}
