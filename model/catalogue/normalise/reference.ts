/** What `item`, `service/item` and `.field` behind them name. */
export interface Reference {
  readonly service: string;
  readonly item: string;
  readonly field?: string;
}

/** Reads an entry of `reads`: the only part of an item named there is the public keys of a key pair, an item of their own. */
export function parseRead(text: string, own: string): Reference {
  const { service, item, field } = parseReference(text, own);
  return { service, item: field === undefined ? item : `${item}.${field}` };
}

/** Reads a reference; `own` is the service it stands in. */
export function parseReference(text: string, own: string): Reference {
  const slash = text.indexOf("/");
  const service = slash < 0 ? own : text.slice(0, slash);
  const name = text.slice(slash + 1);
  const dot = name.indexOf(".");
  return dot < 0
    ? { service, item: name }
    : { service, item: name.slice(0, dot), field: name.slice(dot + 1) };
}
