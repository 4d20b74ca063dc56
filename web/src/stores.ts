// What a browser remembers for its reader; without storage, nothing.
export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(`onrecord-${name}`);
  } catch {
    return null;
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`onrecord-${name}`, value);
  } catch {
    // Nothing is remembered then.
  }
}
