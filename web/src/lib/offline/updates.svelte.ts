// Registers the service worker, and says when a new version of the site waits to be used.

/** `onWaiting` is called with what switches over. Answers with how to stop watching. */
export function watchForUpdates(onWaiting: (reload: () => void) => void): () => void {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return () => {};
  let stopped = false;
  let asked = false;

  const offer = (worker: ServiceWorker): void => {
    if (stopped) return;
    onWaiting(() => {
      asked = true;
      worker.postMessage({ type: 'use-now' });
    });
  };
  // The new worker has taken over because we asked: what is on screen is old.
  const onTakenOver = (): void => {
    if (asked) location.reload();
  };
  navigator.serviceWorker.addEventListener('controllerchange', onTakenOver);

  void navigator.serviceWorker
    .register('/service-worker.js', { type: 'module' })
    .then((registration) => {
      if (registration.waiting && navigator.serviceWorker.controller) offer(registration.waiting);
      registration.addEventListener('updatefound', () => {
        const coming = registration.installing;
        coming?.addEventListener('statechange', () => {
          // Without a controller this is the first visit: there is nothing to replace.
          if (coming.state === 'installed' && navigator.serviceWorker.controller) offer(coming);
        });
      });
    })
    .catch((error: unknown) => {
      // Private windows and plain HTTP have no service workers; the site works, but only online.
      console.info('not available offline:', error);
    });

  return () => {
    stopped = true;
    navigator.serviceWorker.removeEventListener('controllerchange', onTakenOver);
  };
}
