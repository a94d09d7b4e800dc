/**
 * A program that this machine lacks. Its message says how to get it; it carries no stack trace, since the cause is
 * the machine and not a line of code.
 */
export class MissingTool extends Error {
  constructor(message: string) {
    super(message);
    this.name = "MissingTool";
    this.stack = `${this.name}: ${message}`;
  }
}
