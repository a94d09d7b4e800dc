import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { ensureChromium } from "./ensureChromium";

/** A Chromium without a window, for as long as a suite runs. */
export class TestBrowser {
  readonly #profile: string;

  private constructor(
    private readonly browser: Browser,
    profile: string,
  ) {
    this.#profile = profile;
  }

  /** @throws MissingTool when this machine cannot have one */
  static async start(): Promise<TestBrowser> {
    const { executable, environment } = await ensureChromium();
    const profile = mkdtempSync(join(tmpdir(), "chromium-"));
    const browser = await puppeteer.launch({
      executablePath: executable,
      headless: "shell",
      userDataDir: profile,
      // Root has no sandbox, which is whom containers run tests as; the pages are our own.
      args: ["--no-sandbox", "--disable-gpu", "--no-zygote", "--disable-dev-shm-usage"],
      env: { ...process.env, ...environment },
      timeout: 120_000,
      protocolTimeout: 240_000,
    });
    return new TestBrowser(browser, profile);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  /** A file as a person opens it, with everything that is told meanwhile. */
  async open(file: string, { javaScript = true } = {}): Promise<OpenedPage> {
    const page = await this.browser.newPage();
    await page.setViewport({ width: 1280, height: 900 });
    await page.setJavaScriptEnabled(javaScript);
    const said: string[] = [];
    const asked: string[] = [];
    page.on("console", (message) => void said.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => void said.push(`error: ${String(error)}`));
    page.on("dialog", (dialog) => {
      said.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => void asked.push(request.url()));
    const { href } = pathToFileURL(file);
    await page.goto(href);
    return { page, said, askedBeside: () => asked.filter((url) => url !== href) };
  }
}

export interface OpenedPage {
  readonly page: Page;
  /** Of the console, uncaught errors and dialogs. */
  readonly said: readonly string[];
  /** Whatever was loaded beside the file itself. */
  readonly askedBeside: () => readonly string[];
}
