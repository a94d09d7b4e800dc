/**
 * What a metric filter's pattern asks for: the pattern without the values that it leaves out, `!= "AccessDenied"`. Empty for
 * one that nothing can meet, as it wants one field to be two texts.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
 */
export function askedFor(pattern: string): string {
  return isNever(pattern) ? "" : pattern.replace(leftOut, "!=");
}

const leftOut = /!=\s*(?:"[^"]*"|%[^%]*%|[^\s()&|]+)/g;

/** `($.eventName = A) && ($.eventName = B)`, without wildcards. */
const twice = /(\$\.[\w.]+)\s*=\s*("?[\w. :/-]+?"?)\s*\)*\s*&&\s*\(*\s*\1\s*=\s*("?[\w. :/-]+?"?)\s*[)}&|]/g;

function isNever(pattern: string): boolean {
  return [...pattern.matchAll(twice)].some(([, , one, other]) => bare(one) !== bare(other));
}

function bare(value = ""): string {
  return value.replace(/"/g, "").trim();
}
