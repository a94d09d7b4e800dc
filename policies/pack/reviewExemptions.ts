import { exemptionsPolicy, review, type Exemption } from "./exemptions";
import type { Violation } from "./violation";

/**
 * What is to be said of the exemptions after all stacks were looked at: those past their date, and those that match no
 * finding. `violations` are those of every stack.
 */
export function reviewExemptions(
  exemptions: readonly Exemption[],
  violations: readonly Violation[],
  today: string,
): Violation[] {
  const used = new Set(violations.flatMap(({ exemption }) => exemption ?? []));
  return exemptions.flatMap((exemption) => {
    const wrong = review(exemption, used.has(exemption), today);
    return wrong === undefined
      ? []
      : [{ policy: exemptionsPolicy, level: "advisory", urn: "", message: wrong }];
  });
}
