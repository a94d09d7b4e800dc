/** What `item`, `service/item` and `.field` behind them name. */
export interface Reference {
  readonly service: string;
  readonly item: string;
  readonly field?: string;
}

/** Reads a reference already known to be well-formed; `own` is the service it stands in. */
export function parseReference(text: string, own: string): Reference {
  const [, service = own, item = "", field] = /^(?:([^/]*)\/)?([^.]*)(?:\.(.*))?$/.exec(text) ?? [];
  return { service, item, ...(field !== undefined && { field }) };
}
