import type { Resource } from "@pulumi/pulumi";
import { PublicKeys } from "../../components/security/publicKeys";
import type { ParameterPlan } from "../../model/plan/types";
import { serviceTags } from "../account/tags";

/** The public keys of an account's key pairs; each by the parameter's name, for the rotation to wait for. */
export function publicKeys(planned: readonly ParameterPlan[]): ReadonlyMap<string, Resource> {
  return new Map(
    planned
      .filter(({ keysOf }) => keysOf !== undefined)
      .map((parameter): [string, Resource] => {
        const { ready } = new PublicKeys(
          parameter.name,
          {
            parameterName: parameter.name,
            description: parameter.description,
            readerAccounts: [...new Set(parameter.readers.map(({ account }) => account))].filter(
              (account) => account !== parameter.account,
            ),
            tags: serviceTags(parameter),
          },
          { protect: parameter.protected },
        );
        return [parameter.name, ready];
      }),
  );
}
