import { join } from "node:path";
import type { Problem } from "../../model/yaml/problem";
import type { Exemption } from "../../policies/pack/exemptions";
import { parseExemptions, readExemptions } from "../../policies/pack/packFiles";
import { rules } from "../../policies/rules";

export interface FoundExemptions {
  readonly exemptions: readonly Exemption[];
  readonly problems: readonly Problem[];
}

/** Exemptions of the repository's policy pack, or what is wrong with their file. */
export function exemptionsOf(root: string): FoundExemptions {
  return found((ids, messages) => readExemptions(join(root, "policies"), ids, messages));
}

/** The same of what the file holds in another state of the repository. */
export function exemptionsIn(text: string): FoundExemptions {
  return found((ids, messages) => parseExemptions(text, ids, messages));
}

function found(read: (ruleIds: readonly string[], messages: string[]) => Exemption[]): FoundExemptions {
  const messages: string[] = [];
  const ids = rules.map(({ id }) => id);
  return { exemptions: read(ids, messages), problems: messages.map(problemOf) };
}

/** `exemptions.yaml:3: what is wrong`, in which the line may be missing. */
function problemOf(message: string): Problem {
  const [, file = "exemptions.yaml", line, words = message] =
    /^([^:]+)(?::(\d+))?: (.*)$/s.exec(message) ?? [];
  return {
    file: `policies/${file}`,
    line: Number(line ?? 1),
    column: 1,
    path: "exemptions",
    found: words,
    allowed: "",
    remedy: "",
  };
}
