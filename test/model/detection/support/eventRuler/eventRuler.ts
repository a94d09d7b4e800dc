import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { mavenLibraries } from "../../../../support/java/mavenLibraries";

/**
 * Which of the patterns match each event, by the matcher AWS publishes of EventBridge (event-ruler, a Java library,
 * fetched into `.tools/event-ruler` at first use).
 * @throws MissingTool saying what to install; Error when a pattern is none
 */
export async function matchEvents(
  patterns: Readonly<Record<string, object>>,
  events: readonly object[],
): Promise<readonly (readonly string[])[]> {
  const libraries = await mavenLibraries({
    what: "AWS's matcher of event patterns",
    folder: "event-ruler",
    pom: join(__dirname, "pom.xml"),
  });
  const java = spawn("java", ["-cp", libraries, join(__dirname, "Match.java")]);
  java.stdin.end(`${JSON.stringify({ patterns, events })}\n`);
  const [output, problems] = await Promise.all([text(java.stdout), text(java.stderr)]);
  const lines = output.split("\n").slice(0, -1);
  if (lines.length !== events.length) throw new Error(`patterns were not matched: ${problems.trim()}`);
  return lines.map((line) => line.split(" ").filter((name) => name !== ""));
}
