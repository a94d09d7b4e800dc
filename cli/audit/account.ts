import type { Auditor } from "../../model/audit/auditor";
import { queriedArchive } from "../../model/archive/table";
import { platformRoleArn } from "../../model/documents/people";
import type { Plan } from "../../model/plan/types";
import { changed } from "../interrupt";
import { OperationError } from "../operations/operationError";
import { queryArchive } from "./archive";
import { type AuditorSession, openAuditorSession } from "./auditorSession";
import { lookUp } from "./lookup";
import type { AuditFlags, AuditSource } from "./options";
import { type Progress, readProgress, writeProgress } from "./progress";
import type { Gathered } from "./walk";

/**
 * Takes the records of the account whose credentials are there: from the archive with Athena, where that account holds
 * one that can be queried, otherwise from LookupEvents.
 * @throws OperationError
 */
export async function readAccount(
  plan: Plan,
  flags: AuditFlags,
  taking: Pick<Auditor, "add">,
  show: (step: string) => void,
): Promise<Gathered> {
  const session = await openAuditorSession(plan);
  const before = flags.resume === undefined ? undefined : readProgress(flags.resume, session.account);
  const source = sourceOf(plan, flags, session, before);
  const keep = (progress: Progress | undefined) => {
    if (flags.resume === undefined) return;
    writeProgress(flags.resume, progress);
    if (progress !== undefined) changed(`writing ${flags.resume}`, "the same command goes on from there");
  };
  const common = { flags, session, taking, show, keep };
  const { stopped, notes } =
    source === "archive"
      ? await queryArchive(plan, { ...common, before: before?.source === source ? before : undefined })
      : await lookUp({ ...common, before: before?.source === source ? before : undefined });
  keep(stopped);
  return {
    covered: stopped === undefined && before === undefined,
    stopped: stopped !== undefined,
    notes: [
      ...(before === undefined
        ? []
        : ["this goes on where the last audit stopped, and holds the rest alone"]),
      ...notes,
    ],
  };
}

function sourceOf(
  plan: Plan,
  { source, resume }: AuditFlags,
  session: AuditorSession,
  before: Progress | undefined,
): AuditSource {
  if (before !== undefined) {
    if (source === undefined || source === before.source) return before.source;
    throw new OperationError(
      `${resume} is of an audit with --source ${before.source}; go on with that, or name another file`,
    );
  }
  const archive = queriedArchive(plan.organisation);
  if (source !== "archive") {
    return source ?? (archive?.account === session.account ? "archive" : "lookup");
  }
  if (archive === undefined) {
    throw new OperationError(
      "the archive of trails cannot be queried; add `queries` to `secrets-platform:logArchive` in the security stack's " +
        "file and update that stack, or leave out --source archive",
    );
  }
  if (archive.account === session.account) return source;
  throw new OperationError(
    `the archive of trails is held by account ${archive.account} (stack ${archive.name}), and these credentials are of ` +
      `account ${session.account} (${session.as}); use ` +
      `${platformRoleArn(plan.organisation, archive.account, "auditors")} by naming a profile of it in AWS_PROFILE`,
  );
}
