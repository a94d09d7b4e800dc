/** What engine tests use of this folder. */
export { Engine, type EngineOptions, type ProjectOptions } from "./engine";
export { repositoryRoot } from "./places";
export { Project, type CommandOptions, type StackState, type StateResource } from "./project";
export { Emulator, type Place } from "./emulator/emulator";
export type { AwsHandlers } from "./standIn/aws/awsProvider";
export type { AwsTarget } from "./standIn/aws/target";
export { Cloud, type CloudQuery, type CloudResource } from "./standIn/cloud/cloud";
export type { Created, Found, ResourceHandler, State, Update } from "./standIn/resourceHandler";
export type { Changes, ChangedResource, Diagnostic, PolicyViolation, UpdateResult } from "./updateResult";
