/** The extension, as a page of its own sees it: messages out, messages in, and a state that outlives the page. */
export interface Host<Out, In> {
  send(message: Out): void;
  receive(listener: (message: In) => void): void;
  readState(): unknown;
  writeState(state: unknown): void;
}

interface WebviewApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): WebviewApi;

/** Once a page: VS Code hands its side out only once. */
export function connectHost<Out, In>(): Host<Out, In> {
  const api = acquireVsCodeApi();
  return {
    send: (message) => api.postMessage(message),
    receive: (listener) => {
      // Only the extension can post here: the page has an origin of its own.
      window.addEventListener('message', ({ data }: MessageEvent<In>) => listener(data));
    },
    readState: () => api.getState(),
    writeState: (state) => api.setState(state),
  };
}

/** The texts of the page in the user's language, written into it by the extension. */
export function readTexts<T>(): T {
  return JSON.parse(document.getElementById('texts')?.textContent ?? '{}') as T;
}
