/** Something the tests need and this machine cannot provide; the message says how to get it. */
export class MissingTool extends Error {}
