/** Pattern of the whole numbers from `lowest` to `highest`, both included and at least 1, without zeros in front. */
export function numberRange(lowest: number, highest: number): string {
  const parts: string[] = [];
  for (let from = lowest; from <= highest;) {
    const to = endOfBlock(from, highest);
    parts.push(digits(String(from), String(to)));
    from = to + 1;
  }
  return parts.join("|");
}

/** The furthest number to which one range for each digit reaches. */
function endOfBlock(from: number, highest: number): number {
  let best = from;
  for (let size = 1; size <= 10 ** String(from).length; size *= 10) {
    if (from % size !== 0) break;
    const step = 10 * size;
    const end = Math.floor(from / step) * step + step - 1;
    // The digit before the last ones may end early, where the last ones are whole.
    const reached = Math.min(end, Math.floor((highest + 1) / size) * size - 1);
    if (reached >= from && String(reached).length === String(from).length) best = Math.max(best, reached);
  }
  return best;
}

function digits(from: string, to: string): string {
  return [...from].map((digit, at) => (digit === to[at] ? digit : `[${digit}-${to[at]}]`)).join("");
}
