/**
 * The list as it is, for loops that ask something of each: of none, nothing would be asked.
 * @throws where it is empty
 */
export function some<T>(list: readonly T[], what: string): readonly T[] {
  if (list.length === 0) throw new Error(`there are no ${what}, so that nothing was asked of them`);
  return list;
}
