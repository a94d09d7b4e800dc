import { Command } from "commander";
import { organisationPolicy } from "../../model/documents/organisationPolicy";
import { loadOrganisation } from "../../model/organisation/load";
import { InvalidInput } from "../../model/yaml/problem";
import { runOperation } from "../operations/run";
import { repositoryRoot } from "../repository";

/** Prints it as AWS Organizations takes it: JSON alone, so that it can be redirected into a file. */
export function organisationPolicyCommand(): Command {
  return new Command("organisation-policy")
    .description("Print the service control policy for the organisation's management account to attach")
    .action(async () => {
      await runOperation({ format: "json" }, () => {
        const { organisation, problems } = loadOrganisation({ root: repositoryRoot() });
        if (organisation === undefined) return Promise.reject(new InvalidInput(problems));
        const json = organisationPolicy(organisation);
        return Promise.resolve({ text: "", json });
      });
    });
}
