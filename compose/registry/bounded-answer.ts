import type { Answer } from './session.ts';

/** The part of a `fetch` answer that is read in pieces. */
export interface StreamedAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: {
    getReader(): {
      read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
      cancel(): Promise<void>;
    };
  } | null;
}

/** An answer of which no more comes into memory than its reader allows: a registry may send without end. `decode` reads UTF-8, joined. */
export function boundedAnswer(
  { ok, status, headers, body }: StreamedAnswer,
  decode: (chunks: readonly Uint8Array[]) => string,
): Answer {
  return {
    ok,
    status,
    headers,
    async text(most) {
      const reader = body?.getReader();
      const chunks: Uint8Array[] = [];
      let size = 0;
      while (reader !== undefined) {
        const { done, value } = await reader.read();
        if (done || value === undefined) break;
        size += value.length;
        if (size > most) {
          await reader.cancel();
          throw new Error(`The answer has more than ${most} bytes.`);
        }
        chunks.push(value);
      }
      return decode(chunks);
    },
  };
}
