/** Ids of a network's endpoints that values are read through. */
export interface EndpointIds {
  readonly secretsmanager: string;
  readonly ssm: string;
}

/** Stand for those of a network that does not exist: in checks, where only their length counts, and in the pages. */
export const exampleEndpointIds: EndpointIds = {
  secretsmanager: "vpce-0a1b2c3d4e5f60001",
  ssm: "vpce-0a1b2c3d4e5f60011",
};
