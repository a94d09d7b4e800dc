import assert from "node:assert/strict";
import { roleServiceNames, roleServices } from "../../../model/aws/roleServices";
import { serviceName, serviceUse } from "../../../model/aws/serviceUse";
import { roleServiceTrust } from "../../../model/documents/roleServiceTrust";
import { forbidden } from "./support/forbidden";

const place = { partition: "aws", region: "eu-west-1", account: "333333333333" } as const;
const china = { partition: "aws-cn", region: "cn-north-1", account: "333333333333" } as const;

describe("the trust of a role that a team hands to a service", () => {
  for (const name of roleServiceNames) {
    it(`lets in that service alone, and asks for what its page says that it sends: ${name}`, () => {
      for (const where of [place, china]) {
        const document = roleServiceTrust(name, where);
        assert.deepEqual(forbidden(document, "trust", where.account), []);
        assert.equal(document.Statement.length, 1);
        const { Principal, Action, Condition, Effect } = document.Statement[0] as unknown as {
          readonly Principal: { readonly Service: string };
          readonly Action: string;
          readonly Effect: string;
          readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
        };
        assert.deepEqual([Effect, Action], ["Allow", "sts:AssumeRole"]);
        assert.equal(serviceName(Principal.Service), roleServices[name].principal);
        const sent = serviceUse(roleServices[name].principal, "role")!.sends;
        const asked = Object.assign({}, ...Object.values(Condition ?? {})) as Record<string, string>;
        assert.deepEqual(Object.keys(asked).sort(), [...sent].sort());
        for (const value of Object.values(asked))
          assert.ok(value === where.account || value.split(":")[4] === where.account, value);
      }
    });
  }

  it("names the service of the region where AWS has one for each", () => {
    const principal = (where: typeof place | typeof china) =>
      (roleServiceTrust("dms", where).Statement[0] as { Principal?: object }).Principal;
    assert.deepEqual(principal(place), { Service: "dms.eu-west-1.amazonaws.com" });
    assert.deepEqual(principal(china), { Service: "dms.cn-north-1.amazonaws.com.cn" });
  });
});
