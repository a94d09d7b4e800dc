import assert from "node:assert/strict";
import fc from "fast-check";
import { loadCatalogue } from "../../../model/catalogue/load";
import { formatProblem } from "../../../model/yaml/problem";
import { manifestData, manifestTexts } from "./arbitrary";
import { lines, load, loadValid, root, surroundings } from "./support";

const runs = { numRuns: 60 };

describe("any valid manifests", function () {
  this.timeout(240_000);

  it("load without a problem", () => {
    fc.assert(
      fc.property(manifestTexts(), (texts) => {
        assert.deepEqual(lines(load(texts)), []);
      }),
      runs,
    );
  });

  it("load to what they say, whatever the order of the files", () => {
    fc.assert(
      fc.property(manifestTexts(), (texts) => {
        const catalogue = loadValid(texts);
        const reversed = loadValid(Object.fromEntries(Object.entries(texts).reverse()));
        assert.deepEqual(reversed, catalogue);
        assert.deepEqual(
          catalogue.services.map(({ name }) => name),
          Object.keys(texts).sort(),
        );
      }),
      runs,
    );
  });

  it("have every value of every environment filled in", () => {
    fc.assert(
      fc.property(manifestTexts(), (texts) => {
        for (const service of loadValid(texts).services) {
          const maps: readonly (object | undefined)[] = [
            ...service.secrets.map(({ database }) => database),
            ...service.secrets.map(({ rotation }) => ("arn" in rotation ? rotation.arn : undefined)),
            ...service.parameters.map(({ value }) => value),
          ];
          for (const map of maps) {
            if (map === undefined) continue;
            assert.deepEqual(Object.keys(map).sort(), [...service.environments].sort());
            assert.ok(Object.values(map).every((value) => value !== undefined));
          }
          for (const { rotation } of service.secrets) {
            if ("schedule" in rotation)
              assert.ok(rotation.schedule.longestDays > 0 && rotation.schedule.longestDays <= 90);
          }
        }
      }),
      runs,
    );
  });

  it("point every item and consumer at its place in the file", () => {
    fc.assert(
      fc.property(manifestTexts(), (texts) => {
        for (const service of loadValid(texts).services) {
          const rows = texts[service.name]!.split("\n");
          const textAt = ({ line, column }: { line: number; column: number }): string =>
            rows[line - 1]!.slice(column - 1);
          for (const item of [...service.secrets, ...service.parameters, ...service.consumers]) {
            // Public keys stand where their key pair does.
            const name = item.name.replace(/\.jwks$/, "");
            assert.ok(textAt(item.at).startsWith(`${name}:`), JSON.stringify(item.at));
          }
        }
      }),
      runs,
    );
  });
});

describe("anything else", function () {
  this.timeout(240_000);

  it("gives problems, never an exception: bytes changed, removed, doubled", () => {
    const mutation = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat(12),
      bytes: fc.oneof(
        fc.uint8Array({ maxLength: 6 }),
        fc.constantFrom(...special).map((text) => Buffer.from(text)),
      ),
    });
    fc.assert(
      fc.property(manifestTexts(), fc.array(mutation, { minLength: 1, maxLength: 5 }), (texts, mutations) => {
        const files = Object.fromEntries(
          Object.entries(texts).map(([name, text]) => [`${name}.yaml`, mutate(Buffer.from(text), mutations)]),
        );
        const { catalogue, problems } = loadCatalogue({ ...surroundings, root, files });
        assert.equal(catalogue === undefined, problems.length > 0);
        for (const problem of problems) {
          assert.ok(problem.line >= 1 && problem.column >= 1, formatProblem(problem));
          assert.ok([problem.found, problem.allowed, problem.remedy].every((part) => part.length > 0));
        }
      }),
      { numRuns: 150 },
    );
  });

  it("gives problems, never an exception: values of another type in any place", () => {
    const wrong = fc.oneof(
      fc.constantFrom<unknown>(
        null,
        "",
        0,
        -1,
        1.5,
        true,
        [],
        {},
        [null],
        { "": null },
        "a b",
        "x".repeat(3000),
      ),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(manifestData(), fc.nat(), wrong, (data, index, value) => {
        const [name, manifest] = Object.entries(data)[0]!;
        const changed = replaceAt(manifest, index, value);
        const files = { [`${name}.yaml`]: JSON.stringify(changed) };
        const { catalogue, problems } = loadCatalogue({ ...surroundings, root, files });
        assert.equal(catalogue === undefined, problems.length > 0);
      }),
      { numRuns: 150 },
    );
  });

  it("gives problems, never an exception: any text", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.array(fc.constantFrom(...special)).map((all) => all.join("")),
        ),
        (text) => {
          assert.ok(load({ orders: text }).problems.length > 0);
        },
      ),
      { numRuns: 150 },
    );
  });
});

const special = [
  ..."{}[]:,#&*!|>'\"%@`?-\n\t \0",
  ...[
    "<<: ",
    "--- ",
    "...",
    "&a ",
    "*a",
    "!!binary ",
    "!x ",
    "? ",
    "- ",
    "  ",
    "\r\n",
    "\ufeff",
    "__proto__: ",
    "%YAML 1.1\n",
  ],
];

function mutate(
  text: Buffer,
  mutations: readonly { readonly at: number; readonly length: number; readonly bytes: Uint8Array }[],
): Buffer {
  return mutations.reduce((bytes, { at, length, bytes: inserted }) => {
    const start = Math.floor(at * bytes.length);
    return Buffer.concat([bytes.subarray(0, start), inserted, bytes.subarray(start + length)]);
  }, text);
}

/** The data with the value at one of its places, in order of traversal, replaced. */
function replaceAt(data: unknown, index: number, value: unknown): unknown {
  let places = 0;
  const count = (node: unknown): void => {
    places++;
    if (typeof node === "object" && node !== null) Object.values(node).forEach(count);
  };
  count(data);
  let left = index % places;
  const copy = (node: unknown): unknown => {
    if (left-- === 0) return value;
    if (Array.isArray(node)) return node.map(copy);
    if (typeof node !== "object" || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([key, entry]) => [key, copy(entry)]));
  };
  return copy(data);
}
