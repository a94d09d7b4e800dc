/**
 * What a SecureString holds until `platform set` supplies its value; AWS takes no parameter without one. It is not a
 * secret, and a reader that gets it can say so.
 */
export const unsetParameterValue = "UNSET: supply this value with 'platform set'";
