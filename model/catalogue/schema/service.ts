import type { z } from "zod";
import { consumer } from "./consumer";
import { list, named, oneOf, section } from "../../yaml/expectation";
import {
  consumerName,
  description,
  emailAddress,
  environmentName,
  itemName,
  secretName,
  serviceName,
} from "./names";
import { parameter } from "./parameter";
import { retire, secret } from "./secret";
import { consumerSnippets, parameterSnippets, secretSnippets } from "./snippets";

/** A manifest: everything that one file of `services/` may say. */
export const service = section("a manifest", {
  service: serviceName().describe("Name of the service; the file's own name."),
  owner: emailAddress().describe("E-mail address of the owning team; it gets the notices."),
  description: description().describe("What the service does, in a sentence."),
  environments: list("environments", environmentName()).describe("Workload stacks the service runs in."),
  key: oneOf(["own"], "leave it out to use the environment's common key")
    .optional()
    .describe(
      "`own`: a key of the service's own in each environment, instead of the environment's common one.",
    ),
  retire: retire.describe("Lifts the protection of everything the service has, before its removal."),
  secrets: named("name to secret", secretName(), secret)
    .optional()
    .meta({ defaultSnippets: secretSnippets })
    .describe("Values that rotate, in Secrets Manager."),
  parameters: named("name to parameter", itemName(), parameter)
    .optional()
    .meta({ defaultSnippets: parameterSnippets })
    .describe("Values that do not rotate, in Parameter Store."),
  consumers: named("name to consumer", consumerName(), consumer)
    .optional()
    .meta({ defaultSnippets: consumerSnippets })
    .describe("What reads the values: functions, tasks, instances, builds."),
}).describe("Secrets, parameters and consumers of one service.");

/** As a team writes it. */
export type ServiceInput = z.input<typeof service>;

/** As the schema reads it: durations are numbers, and rotations have their schedules. */
export type ServiceOutput = z.output<typeof service>;
