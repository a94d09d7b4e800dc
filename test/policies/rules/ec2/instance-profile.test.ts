import { instanceProfile } from "../../../../policies/rules/ec2/instance-profile";
import { testRule } from "../../support/cases";
import { declare, later } from "../../support/program";

const template = (name: string, iamInstanceProfile?: object, from = {}) =>
  declare("launchTemplate", { ...(iamInstanceProfile && { iamInstanceProfile }) }, { name, from });
const profile = declare("instanceProfile", { name: "orders", role: "r" });

testRule(instanceProfile, {
  passes: {
    "one of its own": [template("one", { name: "orders" }), template("two", { name: "payments" })],
    "one this update makes": [profile, template("one", { name: later }, { iamInstanceProfile: [profile] })],
  },
  fails: {
    none: { program: template("one"), at: "iamInstanceProfile is missing" },
    "an empty one": { program: template("one", {}), at: "iamInstanceProfile is missing" },
    "a shared one": {
      program: [template("one", { name: "orders" }), template("two", { name: "orders" })],
      at: "iamInstanceProfile is also that of launch template one",
      on: "two",
    },
    "a shared one by ARN": {
      program: [template("one", { arn: "arn:p" }), template("two", { arn: "arn:p" })],
      at: "iamInstanceProfile is also that of launch template one",
    },
    "a shared one this update makes": {
      program: [
        profile,
        template("one", { name: later }, { iamInstanceProfile: [profile] }),
        template("two", { name: later }, { iamInstanceProfile: [profile] }),
      ],
      at: "iamInstanceProfile is also that of launch template one",
    },
  },
  undecided: { "the profile": { program: template("one", later), at: "iamInstanceProfile is not known" } },
});
