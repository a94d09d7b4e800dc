/** Values that nothing else of a program names. */
export const accountOfNobody = "000000000000";
export const strangers = {
  action: "unknown:Unknown",
  arn: `arn:aws:unknown:unknown:${accountOfNobody}:unknown`,
  account: accountOfNobody,
  organization: "o-unknown00000",
  other: "unknown",
} as const;
