/**
 * The first choice that fits, the last one whatever its length: what names are listed in has 1,024 characters, so a
 * list that may grow has a shorter, coarser one behind it.
 *
 * @param room Characters it may take.
 * @param comparison What stands around each name, and is counted with it.
 */
export function firstThatFits(
  room: number,
  comparison: string,
  choices: readonly [readonly string[], ...(readonly string[])[]],
): readonly string[] {
  const fits = (names: readonly string[]) =>
    names.reduce((sum, name) => sum + comparison.length + name.length, 0) <= room;
  const distinct = choices.map((names) => [...new Set(names)]);
  return distinct.find(fits) ?? distinct.at(-1) ?? [];
}
