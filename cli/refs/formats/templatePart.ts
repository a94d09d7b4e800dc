/** One resource of a template with the parameters that its team gives. */
export interface TemplatePart {
  readonly Parameters?: Readonly<Record<string, { readonly Type: string }>>;
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}
