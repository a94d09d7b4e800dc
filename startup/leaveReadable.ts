import { leaveReadable } from "./readableErrors";

// The program, the pack and the plugin load this first, so that what goes wrong while their rest loads is readable too.
leaveReadable(process);
