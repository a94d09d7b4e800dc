import { keyRotation } from "../../../../policies/rules/kms/key-rotation";
import { testRule } from "../../support/cases";
import { declare, later } from "../../support/program";

testRule(keyRotation, {
  passes: {
    "every 365 days": declare("key", { enableKeyRotation: true, rotationPeriodInDays: 365 }),

    on: declare("key", { enableKeyRotation: true }),
    "on, every 90 days": declare("key", { enableKeyRotation: true, rotationPeriodInDays: 90 }),
    "a key for signatures": declare("key", {
      customerMasterKeySpec: "ECC_NIST_P256",
      keyUsage: "SIGN_VERIFY",
    }),
    "a key for codes": declare("key", {
      customerMasterKeySpec: "SYMMETRIC_DEFAULT",
      keyUsage: "GENERATE_VERIFY_MAC",
    }),
    "a key in a store of one's own": declare("key", { customKeyStoreId: "cks-1234567890abcdef0" }),
  },
  fails: {
    "off, of a kind that is not known": {
      program: declare("key", { customerMasterKeySpec: later, keyUsage: later }),
      at: "enableKeyRotation is off",
    },

    "left to the default": {
      program: declare("key", { description: "orders" }),
      at: "enableKeyRotation is off",
    },
    off: {
      program: declare("key", {
        enableKeyRotation: false,
        keyUsage: "ENCRYPT_DECRYPT",
        customerMasterKeySpec: "SYMMETRIC_DEFAULT",
      }),
      at: "enableKeyRotation is off",
    },
    "too seldom": {
      program: declare("key", { enableKeyRotation: true, rotationPeriodInDays: 366 }),
      at: "rotationPeriodInDays is 366",
    },
  },
  undecided: {
    "whether it is on": {
      program: declare("key", { enableKeyRotation: later }),
      at: "enableKeyRotation is not known",
    },
    "the period": {
      program: declare("key", { enableKeyRotation: true, rotationPeriodInDays: later }),
      at: "rotationPeriodInDays is not known",
    },
  },
});
