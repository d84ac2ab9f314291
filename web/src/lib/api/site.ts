// What the page fetches from where it was loaded: files of the built site. Nothing is sent.
//
// Every failure becomes one error that says what was asked for; screens turn it into words.

export class FetchError extends Error {
  constructor(
    readonly path: string,
    readonly status: number | null,
  ) {
    super(status === null ? `could not reach ${path}` : `${path} answered ${status}`);
    this.name = 'FetchError';
  }
}

async function get(path: string, signal?: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, signal ? { signal } : {});
  } catch {
    throw new FetchError(path, null);
  }
  // The single page is the answer to unknown paths, so a missing file comes back as HTML.
  const html = response.headers.get('content-type')?.startsWith('text/html') ?? false;
  if (!response.ok || html) throw new FetchError(path, response.ok ? 404 : response.status);
  return response;
}

export async function getJson(path: string): Promise<unknown> {
  return (await get(path)).json();
}

export async function getText(path: string, signal?: AbortSignal): Promise<string> {
  return (await get(path, signal)).text();
}
