// Ambient types of the app.
declare global {
  namespace App {
    interface PageState {
      dialog?: string;
    }
  }
}

export {};
