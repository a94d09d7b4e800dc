import { roleBoundary } from "../../../../policies/rules/iam/role-boundary";
import { testRule } from "../../support/cases";
import { declare, later, prod } from "../../support/program";

const role = (more: object) => declare("role", { assumeRolePolicy: "{}", ...more });

testRule(roleBoundary, {
  passes: {
    "with a boundary": role({
      path: "/services/orders/",
      permissionsBoundary: `arn:aws:iam::${prod}:policy/platform/boundary`,
    }),
    "with a boundary this update makes": role({ path: "/services/orders/", permissionsBoundary: later }),
    "a role of the platform": role({ path: "/platform/" }),
    "a role without a path": role({}),
  },
  fails: {
    "none, under /services/": {
      program: role({ path: "/services/orders/" }),
      at: "permissionsBoundary is missing",
    },
    "an empty one": {
      program: role({ path: "/services/orders/", permissionsBoundary: "" }),
      at: "permissionsBoundary is missing",
    },
  },
  undecided: { "the path": { program: role({ path: later }), at: "path is not known" } },
});
