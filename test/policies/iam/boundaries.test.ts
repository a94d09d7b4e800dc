import assert from "node:assert/strict";

import { evaluate, type RegisteredResource } from "../../../policies/pack/evaluate";
import { iamDecryptStar } from "../../../policies/rules/iam/iam-decrypt-star";
import { iamPrivilegeEscalation } from "../../../policies/rules/iam/iam-privilege-escalation";
import { iamSecretRead } from "../../../policies/rules/iam/iam-secret-read";
import { types } from "../../../policies/view/types";
import { declare, later, other, policy, prod } from "../support/program";

/** What each of the rules refuses in a grant. */
const text = policy({
  Action: ["kms:Decrypt", "secretsmanager:GetSecretValue", "iam:PutRolePolicy"],
  Resource: "*",
});
const name = "services-boundary-prod";
const arn = `arn:aws:iam::${prod}:policy/platform/${name}`;
const boundary = declare("managedPolicy", { name, path: "/platform/", policy: text });
const boundaries = [`/platform/${name}`];

const judged = (resources: readonly RegisteredResource[], settings = { boundaries }): string[] =>
  evaluate([iamDecryptStar, iamSecretRead, iamPrivilegeEscalation], resources, { settings })
    .filter(({ level, urn }) => level === "mandatory" && urn === boundary.urn)
    .map((found) => found.policy);
const all = ["iam-decrypt-star", "iam-secret-read", "iam-privilege-escalation"];

describe("a permissions boundary that no role has yet", () => {
  it("is no grant, where the settings name it", () => {
    assert.deepEqual(judged([boundary]), []);
    assert.deepEqual(judged([boundary], { boundaries: ["/platform/services-boundary-*"] }), []);
    const otherwise = declare(
      "rolePolicyAttachment",
      { role: "r", policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
      { name: "attachment" },
    );
    assert.deepEqual(judged([boundary, otherwise]), []);
  });

  it("is a grant where they do not, or name another", () => {
    assert.deepEqual(judged([boundary], { boundaries: [] }), all);
    assert.deepEqual(judged([boundary], { boundaries: [`/${name}`, name, `/platform/${name}x`] }), all);
    for (const inputs of [
      { name, policy: text },
      { name: later, path: "/platform/", policy: text },
      { name, path: later, policy: text },
      { namePrefix: name, path: "/platform/", policy: text },
    ])
      assert.deepEqual(judged([declare("managedPolicy", inputs)]), all, JSON.stringify(inputs));
  });

  for (const [by, resource] of Object.entries({
    "a role": declare("rolePolicyAttachment", { role: "r", policyArn: arn }),
    "a role, by what the engine recorded": declare(
      "rolePolicyAttachment",
      { role: "r", policyArn: later },
      { from: { policyArn: [boundary] } },
    ),
    "a role's own list": declare("role", { name: "r", assumeRolePolicy: "{}", managedPolicyArns: [arn] }),
    "several at once": declare("policyAttachment", { policyArn: arn, groups: ["g"] }),
    "a user": other(types.userPolicyAttachment, { user: "u", policyArn: arn }),
    "a group": other(types.groupPolicyAttachment, { group: "g", policyArn: arn }),
    "a role's whole list": other(types.rolePolicyAttachments, { roleName: "r", policyArns: [arn] }),
    "a user's whole list": other(types.userPolicyAttachments, { userName: "u", policyArns: [arn] }),
    "a group's whole list": other(types.groupPolicyAttachments, { groupName: "g", policyArns: [arn] }),
    "a permission set": other(types.permissionSetAttachment, {
      customerManagedPolicyReference: { name, path: "/platform/" },
    }),
    "a permission set's whole list": other(types.permissionSetAttachments, {
      customerManagedPolicyReferences: [{ name: "else" }, { name, path: "/platform/" }],
    }),
  })) {
    it(`is a grant once it is attached: ${by}`, () => {
      assert.deepEqual(judged([boundary, resource]), all);
    });

    it(`is a grant although a role has it as its boundary, once it is attached: ${by}`, () => {
      const role = declare("role", { assumeRolePolicy: "{}", permissionsBoundary: arn }, { name: "bound" });
      assert.deepEqual(judged([boundary, role], { boundaries: [] }), []);
      assert.deepEqual(judged([boundary, role, resource], { boundaries: [] }), all);
    });
  }

  for (const [what, resource] of Object.entries({
    "a policy": declare("rolePolicyAttachment", { role: "r", policyArn: later }),
    "one of a list": other(types.rolePolicyAttachments, {
      roleName: "r",
      policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess", later],
    }),
    "what a permission set names": other(types.permissionSetAttachment, {
      customerManagedPolicyReference: { name: later, path: "/platform/" },
    }),
  })) {
    it(`is a grant while it may be what is attached: ${what}, not known yet`, () => {
      assert.deepEqual(judged([boundary, resource]), all);
    });
  }
});
