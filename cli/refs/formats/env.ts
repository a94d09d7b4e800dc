import type { Subject } from "../subject";

/** Lines of an environment file; what AWS fills at start is no line of it, and stands in comments. */
export function env({ document }: Subject): string {
  return [
    ...document.environment.map(({ name, value }) => `${name}=${quoted(value)}`),
    ...document.secrets.map(({ name, valueFrom }) => `# ${name} is filled at start from ${valueFrom}`),
  ].join("\n");
}

/** In the first quotes that the value does not have itself: none of them takes a backslash for them. */
function quoted(value: string): string {
  const quote = ['"', "'", "`"].find((one) => !value.includes(one)) ?? '"';
  return `${quote}${value}${quote}`;
}
