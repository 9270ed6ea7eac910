import { EngineError } from './engine-error.ts';

/** `undefined` instead of a rejection of kind `not-found` (for images: `image-missing`). */
export async function ignoreMissing<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof EngineError && (error.kind === 'not-found' || error.kind === 'image-missing')) {
      return undefined;
    }
    throw error;
  }
}
