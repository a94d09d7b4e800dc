import type { ManifestData } from "./arbitrary";

/** A word that stands in no manifest by itself. */
export const mark = "zqx";

/** What means something of its own in an ARN, a policy, a pattern, a command or a line of output. */
export const plants = [
  "*",
  "?",
  "${aws:PrincipalTag/x}",
  "\u001b[31m",
  "\n::error::",
  "\r",
  "\u0000",
  "\u009b2J",
  "\u2028",
  "\u202e",
  "\u200b",
  "$(id)",
  "`id`",
  "| sh",
  "{{resolve:ssm:x}}",
  "<b>",
  "\\",
  "/../",
  "/./",
] as const;
export type Plant = (typeof plants)[number];

/** A text of a manifest: a value, or a key. */
export interface TextPlace {
  readonly service: string;
  readonly path: readonly (string | number)[];
  readonly part: "key" | "value";
}

/** Every text of the manifests, in order. */
export function textPlaces(data: ManifestData): readonly TextPlace[] {
  return Object.entries(data).flatMap(([service, manifest]) => places(service, manifest, []));
}

function places(service: string, value: unknown, path: readonly (string | number)[]): readonly TextPlace[] {
  if (typeof value === "string") return [{ service, path, part: "value" }];
  if (Array.isArray(value)) return value.flatMap((entry, index) => places(service, entry, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]): readonly TextPlace[] => [
    { service, path: [...path, key], part: "key" },
    ...places(service, entry, [...path, key]),
  ]);
}

/** The manifests with the text at a place changed. */
export function changedAt(
  data: ManifestData,
  { service, path, part }: TextPlace,
  change: (text: string) => string,
): ManifestData {
  const copy = (value: unknown, left: readonly (string | number)[]): unknown => {
    const [step, ...rest] = left;
    if (step === undefined) return change(String(value));
    if (Array.isArray(value))
      return value.map((entry, index) => (index === step ? copy(entry, rest) : (entry as unknown)));
    return Object.fromEntries(
      Object.entries(value as object).map(([key, entry]): [string, unknown] => {
        if (key !== step) return [key, entry];
        return rest.length === 0 && part === "key" ? [change(key), entry] : [key, copy(entry, rest)];
      }),
    );
  };
  return { ...data, [service]: copy(data[service], path) as object };
}

/** The plant with its mark, at the beginning, in the middle or at the end of a text. */
export function planted(text: string, plant: Plant, at: number): string {
  const offset = Math.round((at * text.length) / 2);
  return `${text.slice(0, offset)}${mark}${plant}${mark}${text.slice(offset)}`;
}
