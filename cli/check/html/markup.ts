/** HTML that is safe to put into a page: whatever stood in it was escaped when it was made. */
export class Markup {
  constructor(readonly text: string) {}
}

type Part = string | number | Markup | readonly Markup[] | undefined;

/**
 * HTML of a template: texts and numbers between its parts are escaped, Markup stays as it is, lists of it are joined, and
 * undefined is nothing. Attributes are to stand in double quotes.
 *
 * https://html.spec.whatwg.org/multipage/syntax.html, https://owasp.org/www-project-proactive-controls/
 */
export function markup(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const joined = texts.reduce((all, text, at) => `${all}${made(parts[at - 1])}${text}`);
  return new Markup(joined);
}

function made(part: Part): string {
  if (part === undefined) return "";
  if (part instanceof Markup) return part.text;
  if (typeof part === "number") return String(part);
  if (typeof part === "string") return escaped(part);
  return part.map(({ text }) => text).join("\n");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character]!);
}

/**
 * Data for a script of the page, to stand in `<script type="application/json">`: no `<` is left in it, so that nothing in
 * it ends the element or begins a comment.
 *
 * https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements
 */
export function json(data: unknown): Markup {
  return new Markup(JSON.stringify(data).replace(/</g, "\\u003c"));
}
