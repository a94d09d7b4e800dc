import type { Subject } from "../subject";

/** Lines of an environment file; what AWS fills at start is no line of it, and stands in comments. */
export function env({ document }: Subject): string {
  return [
    ...document.environment.map(({ name, value }) => `${name}="${value}"`),
    ...document.secrets.map(({ name, valueFrom }) => `# ${name} is filled at start from ${valueFrom}`),
  ].join("\n");
}
