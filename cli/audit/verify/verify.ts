import { hourMilliseconds } from "../../../model/aws/days";
import { prove } from "../../../model/archive/proof";
import type { Plan } from "../../../model/plan/types";
import { trailName } from "../../../model/plan/names";
import { progressLine } from "../../check/progressLine";
import { planOf } from "../../operations/plan";
import type { Outcome } from "../../operations/run";
import type { AuditFlags } from "../options";
import { askForKeys, keysOfFiles } from "./publicKeys";
import { type ReadCopy, readCopy } from "./readCopy";
import { type Verified, verifiedJson, verifiedText } from "./report";

/**
 * Hours that CloudTrail is given to deliver a digest, and the next one, which holds its signature: younger files are not
 * looked at unless that is asked.
 */
const pendingHours = 3;

/** Proves a copy of the archive by CloudTrail's digests. Reads no value, and none of what the records say. */
export async function verify(folder: string, flags: AuditFlags): Promise<Outcome> {
  const plan = planOf(flags);
  const line = progressLine();
  try {
    const copy = await readCopy(folder, line.show);
    const keys =
      flags.publicKeys === undefined
        ? await askForKeys(plan, copy.digests, line.show)
        : keysOfFiles(flags.publicKeys);
    const until = flags.until ?? new Date(Date.now() - pendingHours * hourMilliseconds);
    const total = copy.records.length.toLocaleString("en");
    const proof = await prove(copy, keys, { since: flags.since, until }, (done) => {
      if (done % 100 === 0) line.show(`proving files: ${done.toLocaleString("en")} of ${total}`);
    });
    const verified: Verified = { folder, until, proof, lacking: lackingAccounts(plan, copy) };
    const clean =
      proof.findings.length === 0 &&
      verified.lacking.length === 0 &&
      proof.coverage.every(({ gaps }) => gaps.length === 0);
    line.clear();
    return { text: verifiedText(verified, flags.rows), json: verifiedJson(verified), clean };
  } finally {
    line.clear();
  }
}

/** Accounts whose trail this platform makes, and of which a whole copy holds no digest of the home region. */
function lackingAccounts(
  { organisation }: Plan,
  { isWhole, digests, unreadable }: ReadCopy,
): readonly string[] {
  if (!isWhole) return [];
  const found = new Set(
    digests
      .filter(({ chain }) => chain.trail === trailName && chain.region === organisation.region)
      .map(({ chain }) => chain.account),
  );
  return [
    ...new Set(organisation.stacks.filter(({ trail }) => trail?.mode !== "existing").map((s) => s.account)),
  ]
    .filter(
      (account) => !found.has(account) && ![...unreadable.keys()].some((key) => key.includes(`/${account}/`)),
    )
    .sort();
}
