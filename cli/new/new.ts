import { existsSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { loadCatalogue } from "../../model/catalogue/load";
import { surroundingsOf } from "../../model/catalogue/options";
import { serviceName } from "../../model/catalogue/schema/names";
import { loadOrganisation } from "../../model/organisation/load";
import type { Organisation } from "../../model/organisation/types";
import { InvalidInput } from "../../model/yaml/problem";
import { OperationError } from "../operations/operationError";
import type { Outcome } from "../operations/run";
import { askText, isInteractive } from "../operations/terminal";
import { repositoryRoot, servicesFolder } from "../repository";
import { UsageError } from "../usageError";
import type { NewFlags } from "./flags";
import { newManifest, type NewService } from "./manifest";
import { gitAddress } from "./owner";

/** Writes the manifest of a new service, never over one that is there. */
export async function newService(service: string, flags: NewFlags): Promise<Outcome> {
  const root = repositoryRoot();
  refuseName(service);
  const { organisation, problems } = loadOrganisation({ root });
  if (organisation === undefined) throw new InvalidInput(problems);
  const folder = servicesFolder(root, flags.services);
  const file = join(folder, `${service}.yaml`);
  const shown = relative(process.cwd(), file).replaceAll("\\", "/");
  for (const present of [file, join(folder, `${service}.yml`)]) {
    if (existsSync(present)) throw new OperationError(`${shown} is there already; it is left as it is`);
  }
  const text = newManifest(await answers(service, flags, organisation, root));
  refuseInvalid(text, service, root, organisation);

  const json = { file: shown, dryRun: flags.dryRun === true, text };
  if (flags.dryRun) return { text: `${text}\nNothing was written: this is a dry run.`, json };
  write(file, text, shown);
  const next = [
    `Written: ${shown}`,
    "Next: fit it to the service, then run npx platform check and open a pull request.",
  ];
  return { text: next.join("\n"), json };
}

function refuseName(service: string): void {
  const checked = serviceName().safeParse(service);
  if (!checked.success || service === "configuration") {
    throw new UsageError(
      `found "${service}"; the name of a service is 2 to 32 lower-case letters, digits and single hyphens, begins with a ` +
        "letter but not with `aws` or `ssm`, and is not `configuration`, the name of the keys that services share; " +
        "choose another",
    );
  }
}

/** From the flags, else asked for at a terminal, else what can be known. */
async function answers(
  service: string,
  flags: NewFlags,
  { stacks }: Organisation,
  root: string,
): Promise<NewService> {
  const known = stacks.flatMap((stack) => (stack.kind === "workload" ? [stack.environment] : []));
  const likelyOwner = gitAddress(root) ?? `${service}-team@example.com`;
  const likelyDescription = `What ${service} does for its users`;
  const ask = (question: string, likely: string) =>
    isInteractive() ? askText(question, likely) : Promise.resolve(likely);
  return {
    service,
    owner: flags.owner ?? (await ask("Address of the owning team, which gets the notices", likelyOwner)),
    description: flags.description ?? (await ask("What the service does, in a sentence", likelyDescription)),
    environments: flags.environments?.split(",").map((name) => name.trim()) ?? known,
  };
}

/** With all that is wrong in the answers: the rules of every manifest hold for this one. */
function refuseInvalid(text: string, service: string, root: string, organisation: Organisation): void {
  const { problems } = loadCatalogue({
    ...surroundingsOf(organisation),
    root,
    files: { [`${service}.yaml`]: text },
  });
  if (problems.length > 0) throw new InvalidInput(problems);
}

/** Somebody else may have made the file in the meantime. */
function write(file: string, text: string, shown: string): void {
  try {
    writeFileSync(file, text, { flag: "wx" });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") throw new OperationError(`${shown} is there already; it is left as it is`);
    if (code === "ENOENT") throw new OperationError(`there is no folder for ${shown}; make it first`);
    throw new OperationError(`${shown} cannot be written (${code ?? "no reason given"})`);
  }
}
