import type { FindingKind } from "../../model/functions/metrics";

/** Something a person has to do about one value. */
export interface Finding {
  readonly kind: FindingKind;
  readonly item: "parameter" | "secret";
  readonly name: string;
  readonly owner: string | undefined;
  /** What is the matter, with the date. */
  readonly matter: string;
  readonly remedy: string;
}

/** `2027-03-01`, in UTC. */
export function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
