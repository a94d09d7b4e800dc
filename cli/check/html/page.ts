import { createHash } from "node:crypto";
import type { PageData } from "./data/types";
import { markup, json, Markup } from "./markup";
import { access } from "./parts/access";
import { accounts, services } from "./parts/accounts";
import { calendar } from "./parts/calendar";
import { changes } from "./parts/changes";
import { findings } from "./parts/findings";
import { gates } from "./parts/gates";
import { summary } from "./parts/summary";
import { script } from "./script";
import { style } from "./style";

/**
 * The whole page in one text. It loads nothing: its policy allows its own style and script, by their hashes, and no other,
 * so that not even a mistake in escaping would run.
 *
 * https://www.w3.org/TR/CSP3/#meta-element, https://www.w3.org/TR/CSP3/#script-src (hashes of inline scripts)
 */
export function page(data: PageData): string {
  const { organisation, made } = data;
  const decided = "undecided" in data.access ? undefined : data.access;
  const parts = { changes: changes(data), gates: gates(data) };
  const links = [
    ["findings", "Findings"],
    ...(parts.changes ? [["changes", "What changed"] as const] : []),
    ["access", "Who can read what"],
    ...(parts.gates ? [["gates", "Gates"] as const] : []),
    ["calendar", "Rotation and expiry"],
    ["accounts", "Accounts"],
    ["services", "Services"],
  ] as const;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>Secrets and parameters of ${organisation.id}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<a class="skip" href="#findings">To the findings</a>
<header>
<h1>Secrets and parameters</h1>
<p>Organisation ${organisation.id}, ${organisation.partition}, ${organisation.region}. Made by <code>${"npx platform check"}</code>
<time datetime="${made}">${made.replace("T", " ").replace("Z", " UTC")}</time>, from files alone; no value is in it.</p>
${summary(data)}
</header>
<nav aria-label="Parts of this page"><ul>
${links.map(([id, title]) => markup`<li><a href="#${id}">${title}</a></li>`)}
</ul></nav>
<main>
${[
  findings(data),
  ...(parts.changes ? [parts.changes] : []),
  access(data),
  ...(parts.gates ? [parts.gates] : []),
  calendar(data),
  accounts(data),
  services(data),
]}
</main>
<footer>What the proof covers and what it does not: <code>docs/access.md</code> of the platform's repository.</footer>
${
  decided &&
  markup`<script type="application/json" id="matrix-data">${json(decided.matrix)}</script>
<script>${new Markup(script)}</script>`
}
</body>
</html>
`.text;
}

const policy = [
  "default-src 'none'",
  `style-src '${hashOf(style)}'`,
  `script-src '${hashOf(script)}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
