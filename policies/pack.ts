import { PolicyPack } from "@pulumi/policy";

import { policyOf } from "./adapter";
import { rules } from "./rules";
import { defaultSettings } from "./settings";

// Constructing the pack starts its server: nothing but the engine loads this file.
new PolicyPack("secrets-platform", { policies: rules.map((rule) => policyOf(rule, defaultSettings)) });
