import { organisationRoot } from "../support/organisation";
import { approvedFiles } from "./support/approvedFiles";
import { approvedFolder, writeApproved } from "./support/files";

// `npm run approve`: what the program makes now is what is approved. The diff is for the reviewer.
void approvedFiles(organisationRoot).then((files) => writeApproved(approvedFolder, files));
