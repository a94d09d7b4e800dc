import { join } from "node:path";
import type { Problem } from "../../model/yaml/problem";
import type { Exemption } from "../../policies/pack/exemptions";
import { readExemptions } from "../../policies/pack/packFiles";
import { rules } from "../../policies/rules";

/** Exemptions of the repository's policy pack, or what is wrong with their file. */
export function exemptionsOf(root: string): {
  readonly exemptions: readonly Exemption[];
  readonly problems: readonly Problem[];
} {
  const messages: string[] = [];
  const ids = rules.map(({ id }) => id);
  const exemptions = readExemptions(join(root, "policies"), ids, messages);
  return { exemptions, problems: messages.map(problemOf) };
}

/** `exemptions.yaml:3: what is wrong`, in which the line may be missing. */
function problemOf(message: string): Problem {
  const [, file = "exemptions.yaml", line, found = message] =
    /^([^:]+)(?::(\d+))?: (.*)$/s.exec(message) ?? [];
  return {
    file: `policies/${file}`,
    line: Number(line ?? 1),
    column: 1,
    path: "exemptions",
    found,
    allowed: "",
    remedy: "",
  };
}
