import { Access } from "../../model/access/access";
import { grants, pairCount } from "../../model/access/grants";
import { manyDocuments } from "../model/access/support/manyDocuments";

/** What one process took for who reads what of as many services; run by itself, so that nothing else is measured. */
export interface AtScale {
  readonly pairs: number;
  readonly grants: number;
  /** From documents as texts to all grants. */
  readonly cpuSeconds: number;
  readonly seconds: number;
  /** The most that the process held at once, the documents and their making included. */
  readonly megabytes: number;
}

function measure(services: number): AtScale {
  const documents = manyDocuments(services);
  const started = performance.now();
  const before = process.cpuUsage();
  const access = new Access(documents);
  const found = grants(access).length;
  const { user, system } = process.cpuUsage(before);
  return {
    pairs: pairCount(access),
    grants: found,
    cpuSeconds: (user + system) / 1e6,
    seconds: (performance.now() - started) / 1000,
    megabytes: process.resourceUsage().maxRSS / 1024,
  };
}

if (require.main === module) process.stdout.write(JSON.stringify(measure(Number(process.argv[2]))));
