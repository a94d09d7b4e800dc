import { spawn } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const repository = join(__dirname, "../../../../..");

export interface Diagnostic {
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
  readonly message: string;
}

export interface LanguageServer {
  /** What is marked in a text. */
  diagnostics(text: string): Promise<readonly Diagnostic[]>;
  /** Labels of what is offered at a place of a text; lines and characters from 0. */
  completions(text: string, line: number, character: number): Promise<readonly string[]>;
  stop(): void;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

/** yaml-language-server, as editors run it, over its standard input and output. */
export async function startLanguageServer(): Promise<LanguageServer> {
  const program = join(repository, "node_modules/yaml-language-server/bin/yaml-language-server");
  const server = spawn(process.execPath, [program, "--stdio"], { stdio: ["pipe", "pipe", "ignore"] });
  const answers = new Map<number, (result: unknown) => void>();
  const marked = new Map<string, (diagnostics: readonly Diagnostic[]) => void>();
  let received = Buffer.alloc(0);
  let lastId = 0;
  const send = (message: object) => {
    const text = JSON.stringify({ jsonrpc: "2.0", ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  };
  const ask = (method: string, params: object) =>
    new Promise<unknown>((resolve) => {
      answers.set(++lastId, resolve);
      send({ id: lastId, method, params });
    });
  const take = ({ id, method, params, result }: Message) => {
    if (method === "textDocument/publishDiagnostics") {
      const { uri, diagnostics } = params as { uri: string; diagnostics: readonly Diagnostic[] };
      marked.get(uri)?.(diagnostics);
    } else if (method !== undefined && id !== undefined) {
      const { items = [] } = (params ?? {}) as { items?: readonly unknown[] };
      send({ id, result: method === "workspace/configuration" ? items.map(() => null) : null });
    } else if (id !== undefined) answers.get(id)?.(result);
  };
  server.stdout.on("data", (data: Buffer) => {
    received = Buffer.concat([received, data]);
    for (;;) {
      const head = received.indexOf("\r\n\r\n");
      const length = Number(/Content-Length: (\d+)/.exec(received.subarray(0, head).toString())?.[1]);
      if (head < 0 || received.length < head + 4 + length) return;
      take(JSON.parse(received.subarray(head + 4, head + 4 + length).toString()) as Message);
      received = received.subarray(head + 4 + length);
    }
  });
  await ask("initialize", {
    processId: process.pid,
    rootUri: pathToFileURL(repository).href,
    capabilities: { textDocument: { completion: { completionItem: { snippetSupport: true } } } },
  });
  send({ method: "initialized", params: {} });
  const yaml = { validate: true, completion: true, schemaStore: { enable: false } };
  send({ method: "workspace/didChangeConfiguration", params: { settings: { yaml } } });
  const schema = pathToFileURL(join(repository, "services/service.schema.json")).href;
  let opened = 0;
  const open = (text: string): string => {
    const uri = pathToFileURL(join(repository, `services/editor-${++opened}.yaml`)).href;
    const whole = `# yaml-language-server: $schema=${schema}\n${text}`;
    const textDocument = { uri, languageId: "yaml", version: 1, text: whole };
    send({ method: "textDocument/didOpen", params: { textDocument } });
    return uri;
  };
  return {
    diagnostics: (text) => new Promise((resolve) => marked.set(open(text), resolve)),
    async completions(text, line, character) {
      const textDocument = { uri: open(text) };
      const position = { line: line + 1, character };
      const list = (await ask("textDocument/completion", { textDocument, position })) as {
        readonly items: readonly { readonly label: string }[];
      };
      return list.items.map(({ label }) => label);
    },
    stop: () => void server.kill(),
  };
}
