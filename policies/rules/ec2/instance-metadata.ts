import { hopLimits } from "../../../model/aws/instanceMetadata";
import { finding, undecided, type Finding, type Rule } from "../rule";
import { types } from "../../view/types";
import { isPresent, numberOf, objectOf, textOf, unknown } from "../../view/values";

export const instanceMetadata: Rule = {
  id: "instance-metadata",
  title:
    "An instance's credentials are served by IMDSv2, to the instance only unless its owner said that containers need them",
  why: "Version 1 hands the role's credentials to whatever can make the instance send a request, and a hop limit over 1 to its containers",
  remedy:
    'Set `metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 }`; containers that need the role are said by `hopLimit: 2` in the manifest, or by the setting `containerInstances`',
  severity: "high",
  level: "mandatory",
  references: [
    "FSBP EC2.8",
    "FSBP EC2.170",
    "FSBP AutoScaling.3",
    "CIS AWS 3.0 5.6",
    "Checkov CKV_AWS_79",
    "Checkov CKV_AWS_341",
  ],
  settings: ["containerInstances"],
  resource: {
    types: [types.launchTemplate, types.launchConfiguration, types.instance, types.spotInstance],
    *check({ type, props }, { containerInstances }): Iterable<Finding> {
      // An instance takes the options of its launch template.
      if (
        type === types.instance &&
        isPresent(props["launchTemplate"]) &&
        !isPresent(props["metadataOptions"])
      )
        return;
      if (props["metadataOptions"] === unknown) {
        yield undecided("metadataOptions");
        return;
      }
      const { httpEndpoint, httpTokens, httpPutResponseHopLimit } = objectOf(props["metadataOptions"]);
      if (httpEndpoint === "disabled") return;
      if (httpTokens === unknown) yield undecided("metadataOptions.httpTokens");
      else if (textOf(httpTokens) !== "required")
        yield finding("metadataOptions.httpTokens", "is not `required`");
      const hops = numberOf(httpPutResponseHopLimit);
      if (httpPutResponseHopLimit === unknown) yield undecided("metadataOptions.httpPutResponseHopLimit");
      else if (hops !== undefined && hops > hopLimits.instance) {
        const name = type === types.launchTemplate ? props["name"] : undefined;
        const mayHold = containerInstances.length > 0 && hops <= hopLimits.containers;
        if (mayHold && name === unknown) yield undecided("name");
        else {
          const isSaid = containerInstances.includes(textOf(name) ?? "");
          const most = isSaid ? hopLimits.containers : hopLimits.instance;
          if (hops > most)
            yield finding("metadataOptions.httpPutResponseHopLimit", `is ${hops}; ${most} is allowed`);
        }
      }
    },
  },
};
