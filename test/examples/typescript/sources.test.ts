import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { examples } from "../support/program";

interface Packages {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

describe("examples/typescript", function () {
  this.timeout(120_000);

  it("runs as it is, by a Node.js that takes types away and compiles nothing", () => {
    const settings = ts.getParsedCommandLineOfConfigFile(
      join(examples, "tsconfig.json"),
      {},
      { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (problem) => assert.fail(text(problem)) },
    );
    assert(settings?.options.erasableSyntaxOnly);
    const program = ts.createProgram(settings.fileNames, settings.options);
    const ours = program.getSourceFiles().filter(({ fileName }) => settings.fileNames.includes(fileName));
    assert(ours.length > 8);
    assert.deepEqual(
      ours
        .flatMap((file) => [
          ...program.getSyntacticDiagnostics(file),
          ...program.getSemanticDiagnostics(file),
        ])
        .map(text),
      [],
    );
  });

  it("installs the packages that it is tried with", () => {
    const packagesOf = (folder: string) =>
      JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Packages;
    const { dependencies, devDependencies } = packagesOf(examples);
    const root = packagesOf(join(__dirname, "../../.."));
    const tried = { ...root.devDependencies, ...root.dependencies };
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
      assert.equal(version, tried[name], name);
  });

  it("has an image with everything that its containers run", () => {
    const dockerfile = readFileSync(join(examples, "Dockerfile"), "utf8");
    const copied = [...dockerfile.matchAll(/^COPY (\w+) \1$/gm)].map(([, folder]) => folder);
    assert.deepEqual(copied, ["reading", "serving", "ecs", "eks", "jwks"]);
  });
});

function text({ messageText, file }: ts.Diagnostic): string {
  return `${file?.fileName ?? ""}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
}
