import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { withLock } from "../../../../engine/support/lock";
import { MissingTool } from "../../../../support/missingTool";

const run = promisify(execFile);
const tools = resolve(__dirname, "../../../../../.tools");
const libraries = join(tools, "event-ruler");
const installed = join(libraries, "pom.sha256");
const pom = join(__dirname, "pom.xml");

/**
 * Which of the patterns match each event, by the matcher AWS publishes of EventBridge (event-ruler, a Java library,
 * fetched into `.tools/event-ruler` at first use).
 * @throws MissingTool saying what to install; Error when a pattern is none
 */
export async function matchEvents(
  patterns: Readonly<Record<string, object>>,
  events: readonly object[],
): Promise<readonly (readonly string[])[]> {
  await ensureEventRuler();
  const java = spawn("java", ["-cp", [join(libraries, "*")].join(delimiter), join(__dirname, "Match.java")]);
  java.stdin.end(`${JSON.stringify({ patterns, events })}\n`);
  const [output, problems] = await Promise.all([text(java.stdout), text(java.stderr)]);
  const lines = output.split("\n").slice(0, -1);
  if (lines.length !== events.length) throw new Error(`patterns were not matched: ${problems.trim()}`);
  return lines.map((line) => line.split(" ").filter((name) => name !== ""));
}

async function ensureEventRuler(): Promise<void> {
  const wanted = createHash("sha256").update(readFileSync(pom)).digest("hex");
  const isInstalled = () => existsSync(installed) && readFileSync(installed, "utf8") === wanted;
  if (isInstalled()) return;
  await withLock(join(tools, "event-ruler.lock"), async () => {
    if (isInstalled()) return;
    rmSync(libraries, { recursive: true, force: true });
    await install();
    writeFileSync(installed, wanted);
  });
}

async function install(): Promise<void> {
  try {
    await run("javac", ["-version"]);
    await run("mvn", [
      "-q",
      "-B",
      "-f",
      pom,
      "dependency:copy-dependencies",
      `-DoutputDirectory=${libraries}`,
    ]);
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    const said = `${stdout ?? ""}${stderr ?? ""}`.trim().split("\n")[0] ?? "";
    throw new MissingTool(
      `AWS's matcher of event patterns could not be had for the tests: ${said === "" ? String(error) : said}; ` +
        "it takes a Java 17 development kit, Maven, and Maven Central or a mirror that Maven is configured for",
    );
  }
}
