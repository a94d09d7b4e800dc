import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Access } from "../../model/access/access";
import { grants, pairCount } from "../../model/access/grants";
import type { AccessDocuments } from "../../model/access/input";
import { askAll } from "../../model/access/policies";
import { manyDocuments } from "../model/access/support/manyDocuments";
import { repository } from "../model/plan/support/samples";
import { type SampledCall, sample } from "./independent/sample";

const services = 500;
const calls = 20_000;

/**
 * The evaluator beside an engine that others wrote, moto's, in one run, on a part of the pairs. Both decide what roles' own
 * policies say of a call, which is all that moto models of it: no boundary, no policy of a secret, key or endpoint, no
 * organisation's policy, and of conditions those of trusts alone. False where they disagree.
 * https://docs.getmoto.org/en/latest/docs/iam.html
 */
export function benchIndependent(): boolean {
  const python = join(repository, ".tools/python/bin/python");
  if (!existsSync(python)) {
    process.stdout.write(
      "who reads what / moto's engine: LEFT OUT, .tools/python is not there (npm run test:servers)\n",
    );
    return true;
  }
  const documents = manyDocuments(services);
  const started = performance.now();
  const access = new Access(documents);
  const open = grants(access);
  const pairsASecond = pairCount(access) / ((performance.now() - started) / 1000);
  const { calls: asked, leftOut } = sample(access, open, calls);
  // Once without the clock, as what is compiled while it runs is slower.
  asked.map(decide);
  const before = performance.now();
  const ours = asked.map(decide);
  const seconds = (performance.now() - before) / 1000;
  const theirs = otherEngine(python, documents, asked);
  const disagreed = asked.filter((_, at) => ours[at] !== theirs.allowed[at]);
  const rate = calls / theirs.seconds;
  process.stdout.write(
    `who reads what / moto's engine, ${calls} calls by roles' own policies, ${ours.filter(Boolean).length} allowed: ` +
      `${(calls / seconds / rate).toFixed(0)} times as many a second one by one ` +
      `(${rounded(calls / seconds)} / ${rounded(rate)}), every pair with all its gates ${rounded(pairsASecond / rate)} times as many; ` +
      `${disagreed.length} disagree, ${leftOut} with conditions left out\n`,
  );
  for (const { principal, call } of disagreed.slice(0, 3))
    process.stdout.write(`  ${principal.arn} ${call.action} ${call.resource}\n`);
  return disagreed.length === 0;
}

function decide({ principal, call }: SampledCall): boolean {
  return askAll(principal.identity, call).effect === "allow";
}

/**
 * The same documents, but that `?` is written as `*`, which moto does not know: it takes patterns for regular expressions,
 * and only `*` for a wildcard (`IAMPolicyStatement._match`).
 */
function otherEngine(
  python: string,
  { principals }: AccessDocuments,
  asked: readonly SampledCall[],
): { readonly seconds: number; readonly allowed: readonly boolean[] } {
  const folder = mkdtempSync(join(tmpdir(), "secrets-platform-bench-"));
  try {
    const file = join(folder, "calls.json");
    const places = new Map(principals.map(({ arn }, at) => [arn, at]));
    writeFileSync(
      file,
      JSON.stringify({
        roles: principals.map(({ policies }) =>
          policies.map(({ document }) =>
            (typeof document === "string" ? document : JSON.stringify(document)).replace(/\?+/g, "*"),
          ),
        ),
        calls: asked.map(({ principal, call }) => [places.get(principal.arn), call.action, call.resource]),
      }),
    );
    const script = join(__dirname, "independent/engine.py");
    const { status, stdout, stderr } = spawnSync(python, [script, file], {
      encoding: "utf8",
      maxBuffer: 2 ** 26,
    });
    if (status !== 0) throw new Error(`moto's engine failed:\n${stderr}`);
    return JSON.parse(stdout) as { seconds: number; allowed: boolean[] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function rounded(value: number): string {
  return Number(value.toPrecision(2)).toLocaleString("en");
}
