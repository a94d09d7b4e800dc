import type { Subject } from "../subject";

/**
 * Lines of an environment file; what AWS fills at start is no line of it, and stands in comments, and so does plain text that
 * its readers do not read alike: shells, Docker, systemd, and the libraries called dotenv.
 */
export function env({ document }: Subject): string {
  return [
    ...document.environment.map(({ name, value }) => {
      const text = quoted(value);
      return text === undefined
        ? `# ${name} is plain text that no quotes hold for every reader of such a file; --format json has it`
        : `${name}=${text}`;
    }),
    ...document.secrets.map(({ name, valueFrom }) => `# ${name} is filled at start from ${valueFrom}`),
  ].join("\n");
}

/**
 * Without quotes where it needs none, since Docker takes them for a part of the value. Single ones, in which nothing is put in
 * place of anything, but for python-dotenv, which takes a backslash before a quote or a backslash away; in double ones a
 * backslash, a dollar sign and a backtick mean something to one or the other.
 * https://docs.docker.com/reference/cli/docker/container/run/#env
 * https://github.com/theskumar/python-dotenv/blob/main/src/dotenv/parser.py
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02
 */
function quoted(value: string): string | undefined {
  if (/^[\w.,:/@%+=?-]+$/.test(value)) return value;
  if (!/'|\\\\|\\$/.test(value)) return `'${value}'`;
  return /["\\$`]/.test(value) ? undefined : `"${value}"`;
}
