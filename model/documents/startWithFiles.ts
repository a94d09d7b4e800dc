/** A file, and the variable with its text. */
export interface WrittenFile {
  readonly variable: string;
  readonly path: string;
}

/** What ECS takes of how a container starts. */
interface Start {
  readonly entryPoint?: readonly string[] | undefined;
  readonly command?: readonly string[] | undefined;
}

/**
 * ECS gives a value to a container as a variable and in no other way, so a shell of the container's image makes files of
 * variables, forgets these, and then becomes the program: signals reach that, and it has neither the variables nor the
 * shell's `umask`. The container's first process, of Docker's `init`, keeps what it was given. Each file holds the text as it is, without a line break behind it, for the container's user alone.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/sh.html
 */
export function startWithFiles({ entryPoint = [], command }: Start, files: readonly WrittenFile[]): Start {
  if (files.length === 0)
    return { ...(entryPoint.length > 0 && { entryPoint }), ...(command && { command }) };
  const writes = files.map(({ variable, path }) => `printf %s "$${variable}" >${path}`).join(" && ");
  const script = `(umask 077 && ${writes}) || exit 1; unset ${files.map(({ variable }) => variable).join(" ")}; exec "$@"`;
  return { entryPoint: ["/bin/sh", "-c", script, "sh", ...entryPoint], ...(command && { command }) };
}
