import assert from "node:assert/strict";
import { notesOn } from "../../../model/notes";
import { samples } from "../../../model/notes/samples";
import { untoldOwners } from "../../../model/notes/untoldOwners";
import type { Plan } from "../../../model/plan/types";
import { samplePlan } from "../plan/support/samples";

const sample = samplePlan();
const owners = [...new Set(sample.secrets.map(({ owner }) => owner))].sort();

/** The sample with what the first of its stacks says of notices. */
function telling(notices: Plan["organisation"]["stacks"][number]["notices"]): Plan {
  const [first, ...rest] = sample.organisation.stacks;
  return {
    ...sample,
    organisation: { ...sample.organisation, stacks: [{ ...first!, notices: notices! }, ...rest] },
  };
}

/** The sample with other texts throughout. */
function written(...changes: readonly (readonly [RegExp, string])[]): Plan {
  const text = changes.reduce(
    (plan, [from, to]) => plan.replace(from, to),
    JSON.stringify({ ...sample, consumers: [] }, withoutReaders),
  );
  return JSON.parse(text) as Plan;
}

/** Readers and what they read name each other. */
function withoutReaders(key: string, value: unknown): unknown {
  return key === "readers" ? [] : value;
}

describe("notes on owners", () => {
  it("say in one line whom nobody tells, at the first of their manifests", () => {
    const [note, ...more] = untoldOwners(telling({}));
    assert.deepEqual(more, []);
    assert.match(note!.file, /^services\/catalog\.yaml$/);
    assert.match(note!.note, /^no `notices.owners` lists \S+@\S+ and \d more, who hear nothing$/);
  });

  it("name the one who is left, at its manifest", () => {
    const told = telling({
      owners: owners.filter((owner) => !owner.startsWith("payments-")),
      email: ["catalog-team@example.com"],
    });
    const [note] = untoldOwners({ ...told, parameters: [] });
    assert.equal(note?.file, "services/payments.yaml");
    assert.match(note.note, /lists payments-team@example.com, who hear/);
  });

  it("are none where each is told of its own, or of everything", () => {
    const everybody = [...sample.secrets, ...sample.managedSecrets, ...sample.parameters].map(
      ({ owner }) => owner,
    );
    assert.deepEqual(untoldOwners(telling({ owners: everybody })), []);
    assert.deepEqual(untoldOwners(telling({ email: everybody })), []);
  });
});

describe("notes on samples that are left in", () => {
  it("are one line, of the organisation and of manifests", () => {
    const notes = samples(sample);
    assert.equal(notes.length, 1);
    assert.equal(notes[0]?.file, "Pulumi.yaml");
    assert.match(
      notes[0].note,
      /^samples are left in: o-exampleorgid, 111111111111 and 2 more, example.com in 5 manifests$/,
    );
  });

  it("name the manifest alone where the organisation is one's own", () => {
    const own = [
      [/o-exampleorgid/g, "o-9k2m4x7q1z"],
      [/111111111111/g, "402913756118"],
      [/222222222222/g, "402913756119"],
      [/333333333333/g, "402913756120"],
    ] as const;
    const [note] = samples(written(...own));
    assert.equal(note?.file, "services/catalog.yaml");
    assert.match(note.note, /^samples are left in: example\.com in 5 manifests$/);
    assert.deepEqual(samples(written(...own, [/example\.(?:com|org)/g, "shop.test"])), []);
  });

  it("leave names alone that only begin or end alike", () => {
    const plan = written([/example\.com/g, "example.company"]);
    assert.doesNotMatch(samples(plan)[0]?.note ?? "", /example\.com in/);
  });

  it("stand among the others", () => {
    const notes = notesOn(sample).map(({ note }) => note.slice(0, 7));
    assert.deepEqual(notes.slice(0, 2), ["samples", "no `not"]);
  });
});
