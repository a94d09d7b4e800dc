import { finding, undecided, type Finding, type Rule } from "../rule";
import { types } from "../../view/types";
import { textOf, unknown } from "../../view/values";
import { supportEnds } from "../../../model/aws/lambdaRuntimes";

export const functionRuntime: Rule = {
  id: "function-runtime",
  title: "A function's runtime is supported",
  why: "AWS no longer patches it, and later refuses to update the function at all",
  remedy: "Move to a runtime that is supported",
  severity: "medium",
  level: "mandatory",
  references: ["FSBP Lambda.2", "Checkov CKV_AWS_363"],
  resource: {
    types: [types.function],
    *check({ props }, _settings, today): Iterable<Finding> {
      if (props["runtime"] === unknown) {
        yield undecided("runtime");
        return;
      }
      const runtime = textOf(props["runtime"]) ?? "";
      const end = supportEnds[runtime];
      if (end !== undefined && end < today)
        yield finding("runtime", `is ${runtime}, whose support ended on ${end}`);
    },
  },
};
