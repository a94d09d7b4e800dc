import { exemptionsPolicy, review, type Exemption } from "./exemptions";
import type { ReportedFinding } from "./reportedFinding";

/**
 * What is to be said of the exemptions after all stacks were looked at: those past their date, and those that match no
 * finding. `findings` are those of every stack.
 */
export function reviewExemptions(
  exemptions: readonly Exemption[],
  findings: readonly ReportedFinding[],
  today: string,
): ReportedFinding[] {
  const used = new Set(findings.flatMap(({ exemption }) => exemption ?? []));
  return exemptions.flatMap((exemption) => {
    const wrong = review(exemption, used.has(exemption), today);
    return wrong === undefined
      ? []
      : [{ policy: exemptionsPolicy, level: "advisory", urn: "", message: wrong }];
  });
}
