/**
 * What a policy document with parts that are not known may turn out to be: as wide as those parts can make it, as
 * narrow, and with a value in their place that nothing else of the program names. A rule that finds in none of them
 * what it looks for need not know the parts.
 */
export type Supposition = "widest" | "narrowest" | "stranger";
export const suppositions: readonly Supposition[] = ["widest", "narrowest", "stranger"];
