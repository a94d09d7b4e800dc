import { z } from "zod";
import { roleServiceNames, roleServices } from "../../aws/roleServices";
import { oneOf, section } from "../../yaml/expectation";
import { reads } from "./reads";

const each = roleServiceNames.map((name) => `\`${name}\` (${roleServices[name].runs})`).join(", ");

export const roleKeys = {
  service: oneOf(
    roleServiceNames,
    "choose the service that the role is handed to; what the platform can make has a `kind` of its own",
  ).describe(`Service of AWS that its team hands the role to: ${each}.`),
};

export const role = section("a role consumer", {
  kind: z.literal("role").describe("A role alone, for a service of AWS that its team sets up itself."),
  reads,
  ...roleKeys,
});
