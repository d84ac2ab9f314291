// What goes wrong in the engine, in words that tell what to do.

/** `load`, `network`, `server`, `frame` or `engine`: where it happened. Also the `field` of the message to the page. */
export type Place = 'load' | 'network' | 'server' | 'frame' | 'engine';

export class EngineError extends Error {
  constructor(
    readonly field: Place,
    message: string,
  ) {
    super(message);
    this.name = 'EngineError';
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
