import { PlainParameter } from "../../components/workload/plainParameter";
import type { ConsumerPlan } from "../../model/plan/types";
import { plannedArn } from "../../model/references/reference";
import { referencesText } from "../../model/references/document";
import { serviceTags } from "../account/tags";
import type { SecurityArns } from "../outputs/securityOutputs";

/**
 * One parameter a consumer that says where it finds its values, for whatever its team deploys it with: names of AWS, the
 * full ones of secrets among them, and no value. Whoever deploys the consumer needs no more than to read it.
 */
export function references(planned: readonly ConsumerPlan[], security: SecurityArns): void {
  for (const consumer of planned) {
    if (consumer.references === undefined) continue;
    const { name, tier } = consumer.references;
    new PlainParameter(name, {
      name,
      type: "String",
      value: referencesText(consumer, (item) =>
        item.kind === "secret" ? security.secret(item) : plannedArn(item),
      ),
      tier,
      description: `Where ${consumer.service}/${consumer.environment}/${consumer.consumer} finds its values; no value is in it`,
      tags: serviceTags(consumer),
    });
  }
}
