import { finding, undecided, type Finding, type Rule } from "../rule";
import { types } from "../../view/types";
import { booleanOf, isPresent, numberOf, unknown, type Properties } from "../../view/values";

/** Days: what the annual rotation of the benchmarks amounts to. */
const longestPeriod = 365;

export const keyRotation: Rule = {
  id: "key-rotation",
  title: "A key's material rotates at least every year",
  why: "Rotation limits how much is encrypted under one key material",
  remedy: "Set `enableKeyRotation: true`, and `rotationPeriodInDays` to at most 365",
  severity: "medium",
  level: "mandatory",
  references: ["FSBP KMS.4", "CIS AWS 3.0 3.6", "CIS AWS 1.4 3.8", "Checkov CKV_AWS_7", "PCI DSS 4.0 3.7.4"],
  resource: {
    types: [types.key],
    *check({ props }): Iterable<Finding> {
      if (!canRotate(props)) return;
      if (props["enableKeyRotation"] === unknown) yield undecided("enableKeyRotation");
      else if (booleanOf(props["enableKeyRotation"]) !== true)
        yield finding("enableKeyRotation", "is off, as by default");
      const days = numberOf(props["rotationPeriodInDays"]);
      if (props["rotationPeriodInDays"] === unknown) yield undecided("rotationPeriodInDays");
      else if (days !== undefined && days > longestPeriod) {
        yield finding("rotationPeriodInDays", `is ${days}; at most ${longestPeriod} are allowed`);
      }
    },
  },
};

/** Only symmetric encryption keys with material that AWS made rotate by themselves. */
function canRotate(props: Properties): boolean {
  const { customerMasterKeySpec, keyUsage, customKeyStoreId } = props;
  return (
    (!isPresent(customerMasterKeySpec) ||
      customerMasterKeySpec === unknown ||
      customerMasterKeySpec === "SYMMETRIC_DEFAULT") &&
    (!isPresent(keyUsage) || keyUsage === unknown || keyUsage === "ENCRYPT_DECRYPT") &&
    !isPresent(customKeyStoreId)
  );
}
