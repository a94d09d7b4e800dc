import type { Plan } from "../plan/types";
import { few, type Note } from "./note";

/**
 * Owners of values whom no stack tells of them: neither `notices.owners` lists them, for what is theirs, nor
 * `notices.email`, for everything. One note for all, at the first of their manifests.
 */
export function untoldOwners({ organisation, secrets, managedSecrets, parameters }: Plan): readonly Note[] {
  const told = new Set(
    organisation.stacks.flatMap(({ notices }) => [...(notices?.owners ?? []), ...(notices?.email ?? [])]),
  );
  const untold = new Map<string, string>();
  for (const { owner, at } of [...secrets, ...managedSecrets, ...parameters]) {
    const first = untold.get(owner);
    if (!told.has(owner) && (first === undefined || at.file < first)) untold.set(owner, at.file);
  }
  const [file] = [...untold.values()].sort();
  if (file === undefined) return [];
  const owners = few([...untold.keys()].sort());
  return [
    {
      file,
      line: 1,
      column: 1,
      note: `no \`notices.owners\` lists ${owners}, who hear nothing`,
    },
  ];
}
