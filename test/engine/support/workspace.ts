/** What engine tests use of this folder. */
export { Engine } from "./engine";
export { repositoryRoot } from "./places";
export { Project } from "./project";
export { Emulator } from "./emulator/emulator";
export type { AwsTarget } from "./standIn/aws/target";
export type { CloudResource } from "./standIn/cloud/cloud";
export type { ResourceHandler } from "./standIn/resourceHandler";
export type { UpdateResult } from "./updateResult";
