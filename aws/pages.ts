/** A client of the SDK. */
interface Sender {
  send(...sent: never[]): Promise<unknown>;
}

/**
 * A client for the SDK's paginators that makes each request within `call`. They stop at what a request throws, and begin
 * again for nobody: a page that fails for a moment is therefore to be asked for again below them.
 */
export function withCalls<Client extends object>(
  client: Client,
  call: (send: () => Promise<unknown>) => Promise<unknown>,
): Client {
  const sender = client as unknown as Sender;
  // Of the same class, which the paginators ask for, with the same settings.
  return Object.create(client, {
    send: { value: (...sent: never[]) => call(() => sender.send(...sent)) },
  }) as Client;
}

/** What all pages hold, in their order; a page may hold nothing and not be the last. */
export async function itemsOf<Page, Item>(
  pages: AsyncIterable<Page>,
  items: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const found: Item[] = [];
  for await (const page of pages) found.push(...(items(page) ?? []));
  return found;
}
