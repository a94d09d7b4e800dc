import { leaveReadable } from "../../model/readableErrors";

// The pack loads this first, so that what goes wrong while the rest of it loads is readable as well.
leaveReadable(process);
