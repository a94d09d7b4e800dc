import { exemptionFor, review, type Exemption } from "./exemptions";
import { today } from "../../model/aws/days";

/** Exemptions of one run of the pack, with which of them were used so far. */
export class ExemptionBook {
  readonly #used = new Set<Exemption>();

  constructor(private readonly exemptions: readonly Exemption[]) {}

  find(rule: string, urn: string): Exemption | undefined {
    const found = exemptionFor(this.exemptions, rule, urn, today());
    if (found !== undefined) this.#used.add(found);
    return found;
  }

  /** The engine shows the pack one stack: an exemption of another cannot have matched, and is not spoken of. */
  review(anyUrn: string): string[] {
    const stack = `${anyUrn.split("::")[0]}::`;
    return this.exemptions
      .filter(({ resource }) => resource.startsWith(stack))
      .flatMap((exemption) => review(exemption, this.#used.has(exemption), today()) ?? []);
  }
}
