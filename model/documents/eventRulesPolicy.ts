import type { Organisation } from "../organisation/types";
import { accountPlace } from "./accountHoldings";
import { noticesStatements } from "./noticesStatements";
import { policyDocument, type PolicyDocument } from "./policy";
import { noticesTopicArn } from "./topicPolicy";
import { eventsTrust } from "./trustPolicies";

/**
 * Who may assume the role by which events reach the topic: EventBridge, for rules of this account. As a role, because
 * EventBridge itself sends KMS no source that the policy of the topic's key could ask for.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html
 */
export function eventRulesTrust(organisation: Organisation, account: string): PolicyDocument {
  return eventsTrust(accountPlace(organisation, account));
}

export function eventRulesPolicy(organisation: Organisation, account: string): PolicyDocument {
  const place = accountPlace(organisation, account);
  const topic = noticesTopicArn(organisation, account);
  return policyDocument([...noticesStatements(place, topic)]);
}
