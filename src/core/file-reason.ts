/** Why a file or folder cannot be used, in words: the system's codes mean little to those who meet them. */

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EBUSY: 'it is in use',
  EEXIST: 'a file is in its place',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'there is no such file or folder',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is a file',
  EPERM: 'permission denied',
  EROFS: 'it is on a file system that cannot be written',
};

/** Follows a colon, ends without a point, and holds the system's code, by which more can be found. */
export function fileReason(error: unknown): string {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  if (typeof code !== 'string') return typeof message === 'string' ? message : String(error);
  return Object.hasOwn(reasons, code) ? `${reasons[code]} (${code})` : code;
}
