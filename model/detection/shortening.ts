/** How a pattern that names the roles of `expectedRoles` is made shorter. */
export const fewerExpectedRoles = "name fewer roles in `expectedRoles`, with `*` behind a common beginning";

/** The same of `outsideNetwork`. */
export const fewerOutsideNetwork = "name fewer roles in `outsideNetwork`, with `*` behind a common beginning";

/** Of a pattern that names neither. */
export const shorterNames = "shorten the name of `deployer` in Pulumi.yaml, or `namePrefix`";
