// Files and pictures that leave the page only by the user's own hand.

/** Hands a file to the user's downloads. */
export function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Opens the system's share sheet where there is one for pictures, and saves the file otherwise. */
export async function shareOrSave(
  blob: Blob,
  name: string,
  title: string,
): Promise<'shared' | 'saved' | 'cancelled'> {
  const file = new File([blob], name, { type: blob.type });
  if (navigator.canShare?.({ files: [file] })) {
    try {
      await navigator.share({ files: [file], title });
      return 'shared';
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return 'cancelled';
      // Some systems refuse although they said they could.
    }
  }
  save(blob, name);
  return 'saved';
}
