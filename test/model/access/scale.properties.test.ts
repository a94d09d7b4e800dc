import assert from "node:assert/strict";
import { Access } from "../../../model/access/access";
import { grants, pairCount } from "../../../model/access/grants";
import { everyPair, lines } from "./support/everyPair";
import { manyDocuments, perService } from "./support/manyDocuments";
import { arnsOf, documentsOf, everybody } from "./support/world";

describe("who reads what of many services", function () {
  this.timeout(300_000);

  it("is found by deciding about as many pairs as are open, however many there are", () => {
    const [few, many] = [40, 160].map(measured) as [Measured, Measured];
    assert.ok(many.pairs > 15 * few.pairs, `${few.pairs} and ${many.pairs} pairs`);
    for (const { decided, open } of [few, many]) {
      assert.ok(decided <= 1.5 * open, `${decided} pairs decided for ${open} that are open`);
    }
    assert.ok(many.open < 4.5 * few.open);
  });

  it("is what asking every pair finds", () => {
    const access = new Access(manyDocuments(12));
    const found = lines(grants(access));
    assert.deepEqual(found, lines(everyPair(access)));
    assert.ok(found.length >= 12 * perService.roles * 7);
  });

  it("is the same for roles that may do everything, whom only the items keep out", () => {
    const documents = manyDocuments(8);
    const everything = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
    };
    const mighty = documents.principals.map((principal) => ({
      arn: principal.arn,
      policies: [{ name: "everything", document: everything }],
    }));
    // Enough items that such a role is looked up from their side.
    const access = new Access({ ...manyDocuments(30), principals: mighty });
    const { decided, open } = counted(access);
    assert.deepEqual(lines(grants(access)), lines(everyPair(access)));
    assert.ok(
      decided < pairCount(access) / 2,
      `${decided} of ${pairCount(access)} pairs decided, ${open} open`,
    );
  });
});

describe("who reads what, without a policy of their own", () => {
  it("is found where the secret's policy lets in everybody, or a role by its name", () => {
    for (const AWS of ["*", arnsOf({}).principal]) {
      const opened = { ...everybody, Principal: { AWS } };
      const access = new Access(documentsOf({ secretPolicy: [opened], key: null }));
      assert.deepEqual(grants(access), everyPair(access));
      assert.equal(grants(access).length, 1);
    }
  });
});

interface Measured {
  readonly pairs: number;
  readonly open: number;
  readonly decided: number;
}

function measured(services: number): Measured {
  return counted(new Access(manyDocuments(services)));
}

/** Counts the pairs that are decided one by one. */
function counted(access: Access): Measured {
  let decided = 0;
  const actions = access.actions.bind(access);
  const counting = Object.assign(Object.create(access) as Access, {
    actions: (...args: Parameters<Access["actions"]>) => {
      decided++;
      return actions(...args);
    },
  });
  const open = grants(counting).length;
  return { pairs: pairCount(access), open, decided };
}
