/**
 * IAM's wildcards: `*` stands for any text, `?` for one character
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html#reference_policies_elements_resource_wildcards).
 * Policy variables such as `${aws:PrincipalTag/service}` are taken as written, not as wildcards.
 */

/** Does the pattern cover the whole text? Linear in practice: it goes back only to the last `*`. */
export function covers(pattern: string, text: string): boolean {
  let at = 0;
  let from = 0;
  let star = -1;
  let starFrom = 0;
  while (from < text.length) {
    const wanted = pattern[at];
    if (wanted === "*") {
      star = at++;
      starFrom = from;
    } else if (wanted !== undefined && (wanted === "?" || wanted === text[from])) {
      at++;
      from++;
    } else if (star >= 0) {
      at = star + 1;
      from = ++starFrom;
    } else {
      return false;
    }
  }
  while (pattern[at] === "*") at++;
  return at === pattern.length;
}

/** Actions and condition keys are compared without regard to case. */
export function coversAction(pattern: string, action: string): boolean {
  return covers(pattern.toLowerCase(), action.toLowerCase());
}

/** Is there any text at all that both patterns cover? */
export function overlap(one: string, other: string): boolean {
  if (!hasWildcard(one)) return hasWildcard(other) ? covers(other, one) : one === other;
  if (!hasWildcard(other)) return covers(one, other);
  const seen = new Set<number>();
  const width = other.length + 1;
  const meet = (a: number, b: number): boolean => {
    const place = a * width + b;
    if (seen.has(place)) return false;
    seen.add(place);
    if (a === one.length && b === other.length) return true;
    const left = one[a];
    const right = other[b];
    if (left === "*" && (meet(a + 1, b) || (right !== undefined && meet(a, b + 1)))) return true;
    if (right === "*" && (meet(a, b + 1) || (left !== undefined && meet(a + 1, b)))) return true;
    if (left === undefined || right === undefined || left === "*" || right === "*") return false;
    return (left === right || left === "?" || right === "?") && meet(a + 1, b + 1);
  };
  return meet(0, 0);
}

export function hasWildcard(text: string): boolean {
  return text.includes("*") || text.includes("?");
}

/** Nothing, or nothing but wildcards and what parts names. */
export function namesNothing(text: string): boolean {
  return text.split("").every((letter) => "*?/:".includes(letter));
}
