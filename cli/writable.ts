import { UsageError } from "./usageError";

/**
 * Does what writes to a file or folder that the caller named, and gives what that gives.
 * @throws UsageError with the system's own reason where it cannot be written
 */
export function writeTo<T>(place: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UsageError(`${place} cannot be written: ${reasons[code] ?? code}`);
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission is missing",
  EEXIST: "it is a file, and a folder is needed",
  EISDIR: "it is a folder, and a file is needed",
  ELOOP: "it is a link",
  ENOENT: "its folder does not exist",
  ENOSPC: "the disk is full",
  ENOTDIR: "a file stands where a folder is needed",
  EPERM: "permission is missing",
  EROFS: "the file system is read-only",
};
