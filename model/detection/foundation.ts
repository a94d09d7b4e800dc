import { guardedRoles } from "../organisation/foundation";
import type { Principals } from "../organisation/types";
import type { DeclaredFilter } from "./declaration";
import { all, equals, filterPattern, isFalse, oneOf } from "./filterPattern";
import { inFilters } from "./inFilters";
import { byNoneOf, recordedName, serviceLinkedRoles, succeeded } from "./records";

/**
 * Whoever may change the deployer's or an administrator's role may change everything else in its name, which then looks
 * like a deployment. Nobody is exempt: not the deployer itself, nor those that make it, who seldom do.
 */
export function foundation(principals: Principals): readonly DeclaredFilter[] {
  return [
    ...inFilters("deployer-changed", guardedRoles(principals).map(recordedName), changingRole),
    { id: "identity-provider-changed", pattern: filterPattern(all(reidentifying, succeeded)) },
  ];
}

/** Every call of IAM that changes a role names it so, whatever it changes. */
const changingRole = (names: readonly string[]): string =>
  filterPattern(
    all(
      equals("eventSource", "iam.amazonaws.com"),
      isFalse("readOnly"),
      oneOf("requestParameters.roleName", names),
      succeeded,
    ),
  );

/**
 * An identity provider's certificate, thumbprint or audience decides who may come as a role that trusts it. Identity
 * Center renews its own by the role AWS made for it.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSAMLProvider.html
 */
const reidentifying = all(
  equals("eventSource", "iam.amazonaws.com"),
  oneOf("eventName", [
    "UpdateSAMLProvider",
    "UpdateOpenIDConnectProvider*",
    "AddClientIDToOpenIDConnectProvider",
  ]),
  byNoneOf([serviceLinkedRoles]),
);
